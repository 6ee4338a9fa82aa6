"""A server for identities on this machine: the few routes of OpenID Connect that signing in needs, with signed tokens."""

import base64
import hashlib
import json
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "groundwork", "a secret between two servers"


@dataclass
class Identities:
    """``claims`` is who signs in there next; ``asked`` holds what was sent for a token."""

    claims: dict[str, Any]
    audience: str = CLIENT
    asked: list[dict[str, str]] = field(default_factory=list)
    challenges: dict[str, str] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def consent(self, asked: str) -> tuple[str, str]:
        """Somebody came by this address and agreed; the code and the state with which they are sent back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
        assert query["client_id"] == CLIENT
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = query["code_challenge"]
        return code, query["state"]

    def answer(self, path: str, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """What the route says."""
        match path:
            case "/.well-known/openid-configuration":
                routes = {
                    "authorization_endpoint": "authorize",
                    "token_endpoint": "token",
                    "userinfo_endpoint": "userinfo",
                    "jwks_uri": "keys",
                }
                found = {name: f"{self.address}/{route}" for name, route in routes.items()}
                methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
                return 200, {"issuer": self.address, **found, **methods}
            case "/token":
                return self._token(sent)
            case "/userinfo":
                return 200, self.claims
            case "/keys":
                public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
                return 200, {"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]}
        return 404, {}

    def _token(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append(sent)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proven = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if sent.get("client_secret") != SECRET or self.challenges.pop(sent["code"], "") != proven:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        about = {"iss": self.address, "aud": self.audience, "iat": now, "exp": now + 60}
        token = jwt.encode(self.claims | about, self.key, "RS256", headers={"kid": "1"})
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": token}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        identities = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._say({})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._say({name: values[0] for name, values in parse_qs(body).items()})

            def _say(self, sent: dict[str, str]) -> None:
                status, said = identities.answer(urlsplit(self.path).path, sent)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, *_said: object) -> None:
                pass

        return Handler
