"""Says how often somebody has tried something lately, and forgets it: for somebody who was shut out by others' tries."""

from argparse import ArgumentParser
from ipaddress import ip_address
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments import throttle
from assessments.http import network_in

OF_AN_ADDRESS = {
    "password anywhere": "passwords typed for it, from wherever",
    "account mail to": "mails about an account to it",
    "mail to": "mails with a link to it",
    "invitation from": "mails to clients by whom it belongs to",
}
OF_A_NETWORK = {
    "password from": "passwords typed there, for whomever",
    "account mail from": "mails about accounts asked for there",
    "mail from": "mails with a link asked for there",
    "begun from": "assessments begun there",
    "room miss": "wrong codes of rooms in the last minute",
    "room code": "codes of rooms are refused there (1) for a minute",
    "pdf from": "PDFs made there without an account",
    "api miss": "keys of programs sent there that are none",
    "failed sign-ins noted": "wrong passwords that stand in the trail",
    "violations from": "reports of browsers' policies sent there",
}
OF_BOTH = {"password here": "passwords typed for it, from there"}
"""What is counted, in the words that the code counts it by -> in words."""


class Command(BaseCommand):
    help = (
        "Say what is counted of an address of mail, of a network, or of both, since when somebody tries too much they have "
        "to wait. Counts are kept as fingerprints: they can be looked up, and not listed. --forget lets them try at once. Codes "
        "of second steps, passphrases of links and PDFs of one account are counted by other things and end within the hour."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="", help="an address of mail, such as ana@example.com")
        parser.add_argument("--network", default="", help="where somebody comes from, such as 203.0.113.7")
        parser.add_argument("--forget", action="store_true", help="count from zero again")

    def handle(self, *args: Any, address: str, network: str, forget: bool, **options: Any) -> None:
        who, there = address.strip().casefold(), _network(network)
        if not who and not there:
            raise CommandError("Name whom to look up: --address, --network, or both.")
        counted = [(each, who, words) for each, words in OF_AN_ADDRESS.items() if who]
        counted += [(each, there, words) for each, words in OF_A_NETWORK.items() if there]
        counted += [(each, f"{there} {who}", words) for each, words in OF_BOTH.items() if who and there]
        found = 0
        for purpose, whose, words in counted:
            if (tried := throttle.tried(purpose, whose)) is None:
                continue
            found += 1
            self.stdout.write(f"{tried.count:>5}  {words}, until {tried.ends:%H:%M} UTC")
            if forget:
                throttle.forget(purpose, whose)
        self.stdout.write(
            "Nothing is counted."
            if not found
            else "Forgotten."
            if forget
            else "--forget lets them try at once."
        )


def _network(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return network_in(ip_address(typed.strip()))
    except ValueError as error:
        raise CommandError(
            f"{typed!r} is no address of a network, such as 203.0.113.7 or 2001:db8::1."
        ) from error
