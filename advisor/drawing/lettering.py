"""Sets words: the three families of static/fonts, how wide their letters run, and what to do when room is short."""

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from advisor.drawing.svg import Attribute, Point, Svg, Token, element, paint

# Advance widths in thousandths of the type size, read from the fonts in static/fonts, in the order of SIGNS.
SIGNS = "".join(map(chr, range(0x20, 0x7F))) + "–—…’“”„‘→×≥≤ß\u00a0\u2009\u202f"
_BRICOLAGE_700 = (
    "230 291 360 626 642 977 754 177 321 316 436 528 196 352 233 361 665 346 603 606 624 610 657 509 656 "
    "652 243 220 528 528 528 421 987 698 683 680 700 621 593 721 723 293 373 687 508 939 775 722 646 724 "
    "679 652 571 728 673 986 697 642 571 324 357 319 572 554 283 585 638 566 639 581 399 601 631 277 281 "
    "591 274 946 631 609 638 639 434 544 397 622 572 863 569 602 524 349 271 342 528 537 803 765 205 399 "
    "399 390 205 631 528 528 528 682 230 115 167"
)
_BRICOLAGE_800 = (
    "223 303 381 633 647 992 754 187 329 329 456 534 212 359 252 365 670 360 613 611 638 615 662 517 661 "
    "658 262 237 534 534 534 425 1004 712 692 685 705 632 601 729 730 303 382 697 509 955 790 725 654 726 "
    "688 658 579 733 682 1001 719 662 576 329 365 329 585 543 283 595 648 571 649 587 408 607 643 286 288 "
    "605 283 963 643 612 648 649 446 549 406 634 585 881 587 608 537 347 277 347 534 545 821 795 219 426 "
    "426 418 219 640 534 534 534 691 223 110 167"
)
_SOURCE_400 = (
    "200 289 426 497 497 824 609 249 303 303 418 497 249 311 249 350 497 497 497 497 497 497 497 497 497 "
    "497 249 249 497 497 497 425 847 543 588 571 615 527 494 617 652 263 479 579 486 727 647 664 566 664 "
    "569 534 536 645 515 786 513 476 539 303 350 303 497 500 542 504 553 456 555 496 292 504 544 246 247 "
    "495 255 829 547 542 555 555 347 419 338 544 467 719 446 467 425 303 241 303 497 480 800 948 249 426 "
    "426 426 249 619 497 497 497 576 200 100 120"
)
_SOURCE_600 = (
    "200 315 482 513 513 841 639 275 324 324 438 513 275 322 275 344 513 513 513 513 513 513 513 513 513 "
    "513 275 275 513 513 513 444 875 558 597 576 625 538 510 628 663 282 494 597 502 745 657 674 582 674 "
    "592 545 546 655 536 800 541 501 540 324 344 324 513 500 549 516 563 462 564 507 317 520 558 262 263 "
    "522 271 843 560 549 564 564 373 431 361 556 495 748 481 495 443 324 255 324 513 480 800 964 275 482 "
    "482 482 275 618 513 513 513 604 200 100 120"
)


def _table(widths: str) -> dict[str, int]:
    return dict(zip(SIGNS, map(int, widths.split()), strict=True))


@dataclass(frozen=True, slots=True)
class Font:
    """A family in one weight. ``tracking`` is the space added between letters, in type sizes."""

    family: str
    weight: int
    widths: dict[str, int] = field(repr=False, hash=False, compare=False)
    usual: int
    """The width of a letter that is not in the table."""
    tracking: float = 0

    def width(self, words: str, size: float) -> float:
        """How far the words run, in the unit of ``size``. Kerning is not counted, so rather too much than too little."""
        return _run(self, words) * size / 1000 + self.tracking * size * len(words)

    def advance(self, sign: str) -> int:
        """In thousandths of the type size."""
        known = self.widths.get(sign)
        if known is None and unicodedata.category(sign) == "Cf":  # marks of direction are not drawn
            return 0
        if known is None:  # an accent does not widen its letter
            known = self.widths.get(unicodedata.normalize("NFD", sign)[0], self.usual)
        return known


@lru_cache(maxsize=2**12)  # the names of blocks stand in every house
def _run(font: Font, words: str) -> int:
    return sum(font.advance(sign) for sign in words)


# The quotes belong to the attribute: a family whose name ends in a figure is otherwise not understood.
DISPLAY = Font("'Bricolage Grotesque'", 800, _table(_BRICOLAGE_800), 640)
HEADING = Font("'Bricolage Grotesque'", 700, _table(_BRICOLAGE_700), 630, -0.005)
BODY = Font("'Source Sans 3'", 400, _table(_SOURCE_400), 550)
STRONG = Font("'Source Sans 3'", 600, _table(_SOURCE_600), 560)
MONO = Font("'IBM Plex Mono'", 500, {}, 600, 0.06)


def text(words: str, at: Point, font: Font, size: float, token: Token, **attributes: Attribute) -> Svg:
    """Words on a base line. ``at`` is where they start, unless ``text_anchor`` says otherwise."""
    if not words:
        return Svg()
    x, y = at
    return element(
        "text",
        words,
        x=x,
        y=y,
        font_family=font.family,
        font_weight=font.weight,
        font_size=size,
        letter_spacing=font.tracking * size or None,
        **paint(token),
        **attributes,
    )


def fitted(words: str, font: Font, size: float, least: float, room: float) -> tuple[str, float]:
    """The words and the size at which they fit into ``room``: smaller down to ``least``, then cut with an ellipsis."""
    width = font.width(words, size)
    if width <= room:
        return words, size
    size = max(least, size * room / width)
    while words and font.width(words, size) > room + 0.01:
        words = words.rstrip("…")[:-1].rstrip() + "…" if len(words.rstrip("…")) > 1 else ""
    return words, size


def wrapped(words: str, font: Font, size: float, room: float) -> tuple[str, ...]:
    """The words in lines no wider than ``room``; a single word may be wider."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
