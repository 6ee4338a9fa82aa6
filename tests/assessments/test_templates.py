"""A lint of templates and scripts: nothing inline, nothing that only htmx can do, no word beside the catalogue."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    each.relative_to(ROOT)
    for each in (ROOT / "templates").rglob("*.html")
    if "print" not in each.stem
    and "print" not in each.relative_to(ROOT).parts  # never in a browser: paper, made offline
)
TAG = re.compile(r"<(?P<name>[a-z][\w-]*)\b(?P<attributes>(?:\"[^\"]*\"|'[^']*'|{%.*?%}|[^>])*)>", re.DOTALL)


def tags(template: Path) -> list[tuple[str, str]]:
    return [(found["name"], found["attributes"]) for found in TAG.finditer((ROOT / template).read_text())]


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_nothing_is_inline(template: Path) -> None:
    text = (ROOT / template).read_text()
    assert "hx-on" not in text
    assert "js:" not in text
    assert "javascript:" not in text
    for name, attributes in tags(template):
        assert name != "style"
        assert not re.search(r"\sstyle\s*=", attributes), attributes
        assert not re.search(r"\son[a-z]+\s*=", attributes), attributes
        assert name != "script" or "src=" in attributes
        assert not re.search(r'hx-trigger="[^"]*\[', attributes), "trigger filters need eval"


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_escaping_is_never_switched_off(template: Path) -> None:
    text = (ROOT / template).read_text()
    assert "|safe" not in text
    assert "autoescape off" not in text
    assert "mark_safe" not in text


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_whatever_htmx_does_works_without_it(template: Path) -> None:
    for name, attributes in tags(template):
        if "hx-post=" in attributes and "data-autosave" in attributes:  # Continue sends the same fields
            assert 'hx-include="closest form"' in attributes
        elif "hx-post=" in attributes:
            assert name == "form"
            assert 'method="post"' in attributes
            assert (
                re.search(r'(?<!-)action="([^"]+)"', attributes)[1]
                == re.search(r'hx-post="([^"]+)"', attributes)[1]
            )  # type: ignore[index]
        if "hx-get=" in attributes and name == "form":
            assert 'method="get"' in attributes
            assert (
                re.search(r'(?<!-)action="([^"]+)"', attributes)[1]
                == re.search(r'hx-get="([^"]+)"', attributes)[1]
            )  # type: ignore[index]
        elif "hx-get=" in attributes and "data-poll" not in attributes:  # what asks for news is no control
            assert name == "a"
            assert " href=" in attributes


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_every_form_that_posts_is_protected(template: Path) -> None:
    text = (ROOT / template).read_text()
    assert text.count('method="post"') == text.count("{% csrf_token %}")


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_every_word_can_be_translated(template: Path) -> None:
    text = re.sub(
        r"{% blocktranslate.*?{% endblocktranslate %}", "", (ROOT / template).read_text(), flags=re.DOTALL
    )
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}|&\w+;", "", text, flags=re.DOTALL)
    text = re.sub(r"<title>.*?</title>|<[^>]*>", " ", text, flags=re.DOTALL)
    words = set(re.findall(r"[A-Za-z]{2,}", text)) - {"Groundwork"}
    assert not words


def test_scripts_evaluate_nothing() -> None:
    script = (ROOT / "static/js/app.js").read_text()
    for forbidden in (
        "eval(",
        "new Function",
        "innerHTML",
        "document.write",
        "localStorage",
        "sessionStorage",
    ):
        assert forbidden not in script
