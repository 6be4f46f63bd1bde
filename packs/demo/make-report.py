#!/usr/bin/env python3
"""Makes a Word document of each report in this folder: report-2026.txt becomes report-2026.docx, and so on.

The text files are the originals; run this after editing one. Needs nothing but Python 3. The same text always gives
the same bytes, so a document that is unchanged shows no difference in version control.

    python3 packs/demo/make-report.py
"""

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""

PACKAGE_RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"""

DOCUMENT_RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>
</Relationships>"""

FOOTER = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>"""


def style(style_id, name, font, size, paragraph, outline=None):
    """A paragraph style; size in half points. Headings carry an outline level, which is what Word navigates by."""
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    default = ' w:default="1"' if style_id == "Normal" else ""
    based = "" if style_id == "Normal" else '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style_id}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}{level}</w:pPr>"
        f'<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


# Fonts, sizes and line distance follow GB/T 9704-2012: 16 pt body, 28.95 pt lines, two characters of indent.
LINE = '<w:spacing w:line="579" w:lineRule="exact"/>'
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
CENTRE = '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'
STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles xmlns:w="{W}">'
    + style("Normal", "Normal", "仿宋_GB2312", 32, LINE + INDENT)
    + style("Title", "Title", "方正小标宋简体", 44, LINE + CENTRE)
    + style("Subtitle", "Subtitle", "楷体_GB2312", 32, LINE + CENTRE)
    + style("Heading1", "heading 1", "黑体", 32, "<w:keepNext/>" + LINE + INDENT, 0)
    + style("Heading2", "heading 2", "楷体_GB2312", 32, "<w:keepNext/>" + LINE + INDENT, 1)
    + "</w:styles>"
)

HEADING_1 = re.compile(r"[一二三四五六七八九十]+、[^。；，]{1,30}")
HEADING_2 = re.compile(r"（[一二三四五六七八九十]+）[^。；，]{1,30}")


def style_of(number, line):
    """The style of a line; the first three lines of a report are its title, its occasion and its speaker."""
    if number == 0:
        return "Title"
    if number < 3:
        return "Subtitle"
    if HEADING_1.fullmatch(line) or line == "名词解释":
        return "Heading1"
    return "Heading2" if HEADING_2.fullmatch(line) else "Normal"


def body(lines):
    for number, line in enumerate(lines):
        if line == "":
            continue
        yield (
            f'<w:p><w:pPr><w:pStyle w:val="{style_of(number, line)}"/></w:pPr>'
            f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        )


def document(lines):
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{W}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'
        + "".join(body(lines))
        + '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" '
        'w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def core(title, created):
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>青岚县政府办公室</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}T00:00:00Z</dcterms:created></cp:coreProperties>'
    )


def make(source):
    lines = source.read_text(encoding="utf-8").splitlines()
    year, month, day = map(int, re.search(r"(\d{4})年(\d{1,2})月(\d{1,2})日", lines[1]).groups())
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_RELS,
        "word/document.xml": document(lines),
        "word/_rels/document.xml.rels": DOCUMENT_RELS,
        "word/styles.xml": STYLES,
        "word/footer1.xml": FOOTER,
        "docProps/core.xml": core(f"青岚县{year}年政府工作报告", f"{year}-{month:02}-{day:02}"),
    }
    target = source.with_suffix(".docx")
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (year, month, day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return target


if __name__ == "__main__":
    for report in sorted(HERE.glob("report-*.txt")):
        print(make(report).name)
