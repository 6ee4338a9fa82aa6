"""Shortens some of WeasyPrint's functions that are called for every element, box and line, in the one release we know.

Most take the usual case first and leave every other to what they replace; the others do less for the same result. A test
compares the PDFs, byte by byte.
"""

from collections.abc import Iterator
from math import inf
from typing import Any

KNOWN = "70.0"
"""The release whose functions these are; any other stays as it is."""


def quicken() -> bool:
    """Put ours in the place of WeasyPrint's; False where its release is another one. Call it once."""
    import weasyprint

    if weasyprint.__version__ != KNOWN:
        return False
    from weasyprint import css
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import percent
    from weasyprint.text import line_break

    css.check_math = _plain_at_once(css.check_math)
    percent.resolve_one_percentage = _lengths_at_once(percent.resolve_one_percentage)
    line_break.get_font_description = _kept(line_break.get_font_description)
    line_break.split_first_line = _letters_kept(line_break.split_first_line)
    Box.is_in_normal_flow = _in_normal_flow
    css.StyleFor.__init__ = _styled_once
    css.ComputedStyle.__missing__ = _usual_at_once(css.ComputedStyle.__missing__)
    line_break.Layout.setup = _set_up_with_what_is_there(line_break.Layout.setup)
    line_break.Layout.set_text = _as_one_paragraph(line_break.Layout.set_text)
    line_break.Layout.deactivate = _stay
    line_break.Layout.reactivate = _drawn_as_measured(line_break.Layout.reactivate)
    return True


def _plain_at_once(slower: Any) -> Any:
    """Whether a value of a style is a formula: a word, a number or a length is none, and most are one of these."""
    from weasyprint.css.properties import Dimension

    plain = frozenset({str, int, float, Dimension})

    def check_math(value: Any) -> Any:
        return value.__class__ not in plain and slower(value)

    return check_math


def _lengths_at_once(slower: Any) -> Any:
    """Lengths and ``auto`` need no working out; each box asks for fifteen of them, each time it is set."""
    from weasyprint.css.properties import Dimension

    def resolve_one_percentage(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if value == "auto":
            setattr(box, name, 0 if name in ("min_width", "min_height") else value)
        elif value.__class__ is Dimension and value.unit == "px":
            setattr(box, name, value.value)
        else:
            slower(box, name, refer_to)

    return resolve_one_percentage


def _kept(slower: Any) -> Any:
    """A description of a font depends on these alone, and Pango copies it: a report has some thirty."""
    known: dict[tuple[Any, ...], Any] = {}

    def get_font_description(style: Any) -> Any:
        key = (
            *style["font_family"],
            style["font_style"],
            style["font_stretch"],
            style["font_weight"],
            style["font_size"],
            style["font_variant_caps"],
            style["font_variation_settings"],
        )
        found = known.get(key)
        if found is None:
            found = known[key] = slower(style)
        return found

    return get_font_description


def _letters_kept(slower: Any) -> Any:
    """Words in drawings are measured letter by letter, and drawings look it up here; the text of pages has it already.

    What is kept goes with its fonts.
    """

    def split_first_line(text: str, style: Any, context: Any, width: float, spacing: float) -> Any:
        if len(text) != 1 or width != inf:
            return slower(text, style, context, width, spacing)
        known = vars(style.font_config).setdefault("letters", {})
        key = (
            text,
            *style["font_family"],
            style["font_style"],
            style["font_weight"],
            style["font_size"],
            style["direction"],
        )
        if key not in known:
            known[key] = slower(text, style, context, width, spacing)
        return known[key]

    return split_first_line


def _in_normal_flow(box: Any) -> bool:
    """In one look at each of the two, instead of five questions that look at them nine times."""
    return box.style["float"] == "none" and box.style["position"] in ("static", "relative")


# --- Styles -----------------------------------------------------------------------------------------------------------


def _styled_once(  # noqa: PLR0917  WeasyPrint calls it
    self: Any,
    html: Any,
    sheets: Any,
    presentational_hints: Any,
    font_config: Any,
    target_collector: Any,
) -> None:
    """Elements to which the same rules apply below the same parent share a style.

    WeasyPrint sorts out the rules of each before it looks whether it has that style already; this looks first. Otherwise it
    does the same in the same order.
    """
    self._cascaded_styles, self._computed_styles = {}, {}
    self.initial_page_sizes = {"box": None, "area": None}
    self._sheets, self.font_config = sheets, font_config
    root = html.etree_element
    attributes = _own_styles(html, presentational_hints, self._cascaded_styles)
    known: dict[Any, Any] = {}
    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        parent = wrapper.parent.etree_element if wrapper.parent else None
        matched = list(_rules_for(wrapper, sheets))
        key = (
            id(self._computed_styles[parent, None]) if wrapper.parent else None,
            attributes.get(element),
            tuple(each[:4] for each in matched),
        )
        found = known.get(key)
        for _, specificity, _, layer, pseudo, origin, declarations in matched:
            if found is None or pseudo:
                style = self._cascaded_styles.setdefault((element, pseudo), {})
                _add(style, declarations, origin, layer, specificity)
        if found is None:
            self.set_computed_styles(
                element, root=root, parent=parent, base_url=html.base_url, target_collector=target_collector
            )
            known[key] = self._computed_styles[element, None]
        else:
            self._computed_styles[element, None] = found
    for element, pseudo in [each for each in self._cascaded_styles if each[1]]:
        self.set_computed_styles(
            element,
            pseudo_type=pseudo,
            root=root,
            parent=element,
            base_url=html.base_url,
            target_collector=target_collector,
        )
    self._cascaded_styles.clear()


def _own_styles(html: Any, presentational_hints: Any, cascaded: Any) -> dict[Any, Any]:
    """What elements say themselves, by element."""
    from weasyprint.css import find_style_attributes
    from weasyprint.css.validation import preprocess_declarations

    found = {}
    hints = find_style_attributes(html.etree_element, presentational_hints, html.base_url)
    for specificity, element, declarations, base_url in hints:
        found[element] = tuple(declarations)
        style = cascaded.setdefault((element, None), {})
        _add(style, preprocess_declarations(base_url, found[element]), "author", inf, specificity)
    return found


def _rules_for(wrapper: Any, sheets: Any) -> Iterator[tuple[Any, ...]]:
    """The rules that apply to an element and to what is made before and after it; the first four say which they are."""
    for sheet, origin, of_sheet in sheets:
        for own, _, pseudo, (declarations, layer) in sheet.matcher.match(wrapper):
            place = inf if layer is None else sheet.layers.index(layer)
            yield sheet, of_sheet or own, id(declarations), place, pseudo, origin, declarations


def _add(style: Any, declarations: Any, origin: str, layer: float, specificity: Any) -> None:
    """Declarations count where no weightier one does."""
    from weasyprint.css import declaration_precedence

    for name, values, importance in declarations:
        weight = (declaration_precedence(origin, importance), layer, specificity)
        old = style.get(name)
        if old is None or old[1] <= weight:
            style[name] = values, weight


def _usual_at_once(slower: Any) -> Any:
    """Most properties of most elements are said by no rule: they are the parent's, or what they are from the beginning."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    special = {"page", "position", "float", "display"}
    names = {
        each for each in (*INITIAL_VALUES, *INHERITED) if not each.startswith(("text_decoration_", "__"))
    } - special
    inherited = frozenset(names & set(INHERITED))
    initial = {
        each: INITIAL_VALUES[each]
        for each in names - inherited
        if each in INITIAL_VALUES and each not in INITIAL_NOT_COMPUTED
    }
    logical = {
        each: tuple({of(block="ttb", inline=way) for way in ("ltr", "rtl")})
        for each, of in PHYSICAL_FUNCTIONS.items()
    }

    def value_of(self: Any, key: str) -> Any:
        cascaded = self.cascaded
        if key not in cascaded and self.parent_style is not None:
            other = logical.get(key)
            if other is None or not any(each in cascaded for each in other):
                if key in initial:
                    value = self[key] = initial[key]
                    return value
                if key in inherited:
                    value = self[key] = self.parent_style[key]
                    return value
        return slower(self, key)

    return value_of


# --- Lines of text ----------------------------------------------------------------------------------------------------


def _set_up_with_what_is_there(slower: Any) -> Any:
    """A line needs Pango's context of its language and direction; a report has two or three, and WeasyPrint made one for each line.

    Nobody changes a context after it was made. What it is made for goes with the fonts.
    """
    from weasyprint.text import line_break
    from weasyprint.text.constants import PANGO_DIRECTION
    from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

    def setup(self: Any, style: Any) -> None:
        usual = (
            style["text_decoration_line"] == "none"
            and style["font_language_override"] == "normal"
            and style["lang"]
            and not line_break.font_features(*(style[each] for each in FEATURES))
        )
        if not usual:
            slower(self, style)
            return
        self.style, self.first_line_direction = style, 0
        known = vars(style.font_config).setdefault("contexts", {})
        key = (style["direction"], style["lang"])
        if key not in known:
            context = ffi.gc(
                pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
            )
            pango.pango_context_set_round_glyph_positions(context, False)
            pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
            named, _kept = unicode_to_char_p(style["lang"])
            language = pango.pango_language_from_string(named)
            pango.pango_context_set_language(context, language)
            known[key] = context, language
        context, self.language = known[key]
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, line_break.get_font_description(style))
        self.ascent = self.underline_position = self.strikethrough_position = None

    return setup


FEATURES = (
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian", "font_feature_settings"),
)
"""In the order in which WeasyPrint asks for them."""


def _as_one_paragraph(slower: Any) -> Any:
    """What holds no end of a paragraph is one: drawing says so anyway, and everything was set once more because of that."""
    from weasyprint.text.ffi import pango

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        if not any(each in text for each in ENDS):
            pango.pango_layout_set_single_paragraph_mode(self.layout, True)
        slower(self, text, justify)

    return set_text


ENDS = ("\n", "\r", "\u2029")


def _stay(_: Any) -> None:
    """What was set to be measured is kept until it is drawn: the process ends soon after."""


def _drawn_as_measured(slower: Any) -> Any:
    """A line that was set in this style already is drawn as it is."""

    def reactivate(self: Any, style: Any) -> None:
        if style is not self.style or self.justification_spacing or self.get_first_line()[1] is not None:
            slower(self, style)

    return reactivate
