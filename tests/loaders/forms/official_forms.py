"""The statutory tables as they are printed, cell by cell, and the many ways files show them.

Independent of the product: labels and spans are written down here once more, from the notices.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

Meaning = tuple[str, tuple[tuple[str, str], ...]]
"""Metric and dimensions."""


@dataclass(frozen=True)
class C:
    """A printed cell; a value cell has a meaning."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    means: Meaning | None = None


@dataclass(frozen=True)
class Expected:
    value: float | None
    semantic: str
    row: int
    column: int


Grid = list[list[C]]
Fill = Callable[[Meaning], str]

APPLICANTS = [
    "natural-person", "business", "research", "social-welfare", "legal-services", "other", "total",
]  # fmt: skip
DENIED = [
    ("1.属于国家秘密", "state-secret"),
    ("2.其他法律行政法规禁止公开", "other-law"),
    ("3.危及“三安全一稳定”", "security"),
    ("4.保护第三方合法权益", "third-party"),
    ("5.属于三类内部事务信息", "internal"),
    ("6.属于四类过程性信息", "process"),
    ("7.属于行政执法案卷", "enforcement-file"),
    ("8.属于行政查询事项", "administrative-query"),
]
UNAVAILABLE = [
    ("1.本机关不掌握相关政府信息", "not-held"),
    ("2.没有现成信息需要另行制作", "to-be-made"),
    ("3.补正后申请内容仍不明确", "unclear"),
]
NOT_PROCESSED = [
    ("1.信访举报投诉类申请", "petition"),
    ("2.重复申请", "repeat"),
    ("3.要求提供公开出版物", "publication"),
    ("4.无正当理由大量反复申请", "excessive"),
    ("5.要求行政机关确认或重新出具已获取信息", "reissue"),
]
OTHER = [
    ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "not-corrected"),
    ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "fee-unpaid"),
    ("3.其他", "rest"),
]
OUTCOMES = ["upheld", "corrected", "other", "pending", "total"]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def v(fill: Fill, metric: str, colspan: int = 1, **dimensions: str) -> C:
    meaning = (metric, tuple(sorted(dimensions.items())))
    return C(fill(meaning), colspan, means=meaning)


def activities_2021(fill: Fill) -> Grid:
    def rules(label: str, metric: str) -> list[C]:
        return [
            C(label),
            *(v(fill, f"{metric}-{kind}") for kind in ("made", "repealed", "in-force")),
        ]

    return [
        [C("第二十条第（一）项", 4)],
        [C("信息内容"), C("本年制发件数"), C("本年废止件数"), C("现行有效件数")],
        rules("规章", "rules"),
        rules("行政规范性文件", "normative-documents"),
        [C("第二十条第（五）项", 4)],
        [C("信息内容"), C("本年处理决定数量", 3)],
        [C("行政许可"), v(fill, "licences-decided", 3)],
        [C("第二十条第（六）项", 4)],
        [C("信息内容"), C("本年处理决定数量", 3)],
        [C("行政处罚"), v(fill, "penalties-decided", 3)],
        [C("行政强制"), v(fill, "enforcement-decided", 3)],
        [C("第二十条第（八）项", 4)],
        [C("信息内容"), C("本年收费金额（单位：万元）", 3)],
        [C("行政事业性收费"), v(fill, "charges-collected", 3)],
    ]


def activities_2019(fill: Fill) -> Grid:
    def three(label: str, metric: str, plural: str) -> list[C]:
        names = (f"{metric}-items-last-year", f"{metric}-items-change", f"{plural}-decided")
        return [C(label), *(v(fill, name) for name in names)]

    def rules(label: str, metric: str) -> list[C]:
        kinds = ("made", "disclosed", "public-total")
        return [C(label), *(v(fill, f"{metric}-{kind}") for kind in kinds)]

    heads = [C("信息内容"), C("上一年项目数量"), C("本年增/减"), C("处理决定数量")]
    return [
        [C("第二十条第（一）项", 4)],
        [C("信息内容"), C("本年新制作数量"), C("本年新公开数量"), C("对外公开总数量")],
        rules("规章", "rules"),
        rules("规范性文件", "normative-documents"),
        [C("第二十条第（五）项", 4)],
        heads,
        three("行政许可", "licence", "licences"),
        three("其他对外管理服务事项", "other-service", "other-services"),
        [C("第二十条第（六）项", 4)],
        heads,
        three("行政处罚", "penalty", "penalties"),
        three("行政强制", "enforcement", "enforcement"),
        [C("第二十条第（八）项", 4)],
        [C("信息内容"), C("上一年项目数量"), C("本年增/减", 2)],
        [C("行政事业性收费"), v(fill, "charge-items-last-year"), v(fill, "charge-items-change", 2)],
        [C("第二十条第（九）项", 4)],
        [C("信息内容"), C("采购项目数量"), C("采购总金额（万元）", 2)],
        [C("政府集中采购"), v(fill, "procurement-projects"), v(fill, "procurement-amount", 2)],
    ]


def requests(fill: Fill, *, form: str = "2021") -> Grid:
    def seven(metric: str, **dimensions: str) -> list[C]:
        return [v(fill, metric, 1, applicant=who, **dimensions) for who in APPLICANTS]

    def group(label: str, outcome: str, items: Sequence[tuple[str, str]]) -> Grid:
        rows = []
        for number, (item, reason) in enumerate(items):
            cells = seven(f"results-{outcome}-{reason}", outcome=outcome, reason=reason)
            head = [C(label, rowspan=len(items))] if number == 0 else []
            rows.append([*head, C(item), *cells])
        return rows

    if form == "2021":
        other = group("（六）其他处理", "other", OTHER)
    else:
        other = [[C("（六）其他处理", 2), *seven("results-other", outcome="other")]]
    results: Grid = [
        [C("（一）予以公开", 2), *seven("results-granted", outcome="granted")],
        [
            C("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 2),
            *seven("results-partial", outcome="partial"),
        ],
        *group("（三）不予公开", "denied", DENIED),
        *group("（四）无法提供", "unavailable", UNAVAILABLE),
        *group("（五）不予处理", "not-processed", NOT_PROCESSED),
        *other,
        [C("（七）总计", 2), *seven("requests-answered")],
    ]
    results[0] = [C("三、本年度办理结果", rowspan=len(results)), *results[0]]
    return [
        [
            C("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            C("申请人情况", 7),
        ],
        [C("自然人", rowspan=2), C("法人或其他组织", 5), C("总计", rowspan=2)],
        [C("商业企业"), C("科研机构"), C("社会公益组织"), C("法律服务机构"), C("其他")],
        [C("一、本年新收政府信息公开申请数量", 3), *seven("requests-received")],
        [C("二、上年结转政府信息公开申请数量", 3), *seven("requests-carried-in")],
        *results,
        [C("四、结转下年度继续办理", 3), *seven("requests-carried-out")],
    ]


def requests_2019(fill: Fill) -> Grid:
    return requests(fill, form="2019")


def remedies(fill: Fill) -> Grid:
    values = [v(fill, f"reconsideration-{outcome}", outcome=outcome) for outcome in OUTCOMES]
    for procedure in ("direct", "after-reconsideration"):
        values += [
            v(fill, f"litigation-{outcome}", outcome=outcome, procedure=procedure)
            for outcome in OUTCOMES
        ]
    return [
        [C("行政复议", 5), C("行政诉讼", 10)],
        [*(C(name, rowspan=2) for name in RESULTS), C("未经复议直接起诉", 5), C("复议后起诉", 5)],
        [C(name) for name in RESULTS * 2],
        values,
    ]


STATISTICS = """
一、主动公开情况|——|
（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）|条|items-disclosed
其中：主动公开规范性文件数|条|normative-documents-disclosed
制发规范性文件总数|件|normative-documents-made
（二）通过不同渠道和方式公开政府信息的情况|——|
1.政府公报公开政府信息数|条|items-in-gazette
2.政府网站公开政府信息数|条|items-on-website
3.政务微博公开政府信息数|条|items-on-weibo
4.政务微信公开政府信息数|条|items-on-wechat
5.其他方式公开政府信息数|条|items-by-other-means
二、回应解读情况|——|
（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）|次|hot-topic-responses
（二）通过不同渠道和方式回应解读的情况|——|
1.参加或举办新闻发布会总次数|次|press-conferences
其中：主要负责同志参加新闻发布会次数|次|press-conferences-by-leaders
2.政府网站在线访谈次数|次|online-interviews
其中：主要负责同志参加政府网站在线访谈次数|次|online-interviews-by-leaders
3.政策解读稿件发布数|篇|policy-interpretations
4.微博微信回应事件数|次|weibo-wechat-responses
5.其他方式回应事件数|次|other-responses
三、依申请公开情况|——|
（一）收到申请数|件|requests-received
1.当面申请数|件|requests-in-person
2.传真申请数|件|requests-by-fax
3.网络申请数|件|requests-online
4.信函申请数|件|requests-by-letter
（二）申请办结数|件|requests-completed
1.按时办结数|件|requests-completed-on-time
2.延期办结数|件|requests-completed-late
（三）申请答复数|件|requests-answered
1.属于已主动公开范围数|件|results-already-public
2.同意公开答复数|件|results-granted
3.同意部分公开答复数|件|results-partial
4.不同意公开答复数|件|results-denied
其中：1.涉及国家秘密|件|results-denied-state-secret
2.涉及商业秘密|件|results-denied-trade-secret
3.涉及个人隐私|件|results-denied-privacy
4.危及国家安全、公共安全、经济安全和社会稳定|件|results-denied-security
5.不是《条例》所指政府信息|件|results-denied-not-government-information
6.法律法规规定的其他情形|件|results-denied-other-law
5.不属于本行政机关公开数|件|results-not-this-agency
6.申请信息不存在数|件|results-nonexistent
7.告知作出更改补充数|件|results-correction-asked
8.告知通过其他途径办理数|件|results-other-ways
四、行政复议数量|件|reconsideration-total
（一）维持具体行政行为数|件|reconsideration-upheld
（二）被依法纠错数|件|reconsideration-corrected
（三）其他情形数|件|reconsideration-other
五、行政诉讼数量|件|litigation-total
（一）维持具体行政行为或者驳回原告诉讼请求数|件|litigation-upheld
（二）被依法纠错数|件|litigation-corrected
（三）其他情形数|件|litigation-other
六、举报投诉数量|件|complaints
七、依申请公开信息收取的费用|万元|fees-collected
八、机构建设和保障经费情况|——|
（一）政府信息公开工作专门机构数|个|offices
（二）设置政府信息公开查阅点数|个|reading-points
（三）从事政府信息公开工作人员数|人|staff
1.专职人员数（不包括政府公报及政府网站工作人员数）|人|staff-full-time
2.兼职人员数|人|staff-part-time
（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）|万元|dedicated-funds
九、政府信息公开会议和培训情况|——|
（一）召开政府信息公开工作会议或专题会议数|次|meetings
（二）举办各类培训班数|次|trainings
（三）接受培训人员数|人次|training-attendance
"""


def statistics(fill: Fill) -> Grid:
    grid: Grid = [[C("统计指标"), C("单位"), C("统计数")]]
    for line in STATISTICS.strip().splitlines():
        label, unit, metric = line.split("|")
        grid.append([C(label), C(unit), v(fill, metric) if metric else C("")])
    return grid


FORMS: dict[str, Callable[[Fill], Grid]] = {
    "activities-2021": activities_2021,
    "activities-2019": activities_2019,
    "requests-2021": requests,
    "requests-2019": requests_2019,
    "remedies": remedies,
    "statistics": statistics,
}

MONEY = {"charges-collected", "procurement-amount", "fees-collected", "dedicated-funds"}
NOTHING = {"": "BLANK", "/": "NOT_APPLICABLE", "—": "NOT_APPLICABLE", "－－": "NOT_APPLICABLE"}


def filler(seed: int, *, blanks: bool = True) -> Fill:
    """Values as people print them; the same for the same seed."""
    random_of = random.Random(seed)
    chosen: dict[Meaning, str] = {}

    def fill(meaning: Meaning) -> str:
        if meaning not in chosen:
            kinds = ["0"] * 4 + ["n"] * 6 + ["０", "无", "/", "—", "若干"]
            kinds += [""] * 3 if blanks else []
            kind = random_of.choice(kinds)
            if kind == "n":
                number = random_of.choice([3, 12, 340, 1021, 56789, 1234567])
                kind = random_of.choice([str(number), f"{number:,}"])
                if meaning[0].endswith("-change"):
                    kind = random_of.choice(["3", "+3", "-2", "增3", "减少5", "−4"])
                elif meaning[0] in MONEY:
                    kind = random_of.choice(["12.5", "59237.2449", "3"])
            chosen[meaning] = kind
        return chosen[meaning]

    return fill


SIGNED = {"+3": 3, "-2": -2, "增3": 3, "减少5": -5, "−4": -4}


def read(text: str, meaning: Meaning) -> tuple[float | None, str]:
    """What a printed value means, by the plainest rules."""
    if text in NOTHING:
        return None, NOTHING[text]
    if text in ("0", "０", "无"):
        return 0, "ZERO"
    if text == "若干":
        return None, "TEXT"
    number = SIGNED[text] if text in SIGNED else float(text.replace(",", ""))
    return (round(number * 10_000, 4) if meaning[0] in MONEY else number), "NUMBER"


def places(grid: Grid) -> list[tuple[int, int, C]]:
    """Row and column of each cell as a browser lays the table out."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, cells in enumerate(grid):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            for below in range(cell.rowspan):
                for across in range(cell.colspan):
                    taken.add((row + below, column + across))
            found.append((row, column, cell))
            column += cell.colspan
    return found


def expected(grid: Grid) -> dict[Meaning, Expected]:
    found = {}
    for row, column, cell in places(grid):
        if cell.means is not None:
            value, semantic = read(cell.text, cell.means)
            found[cell.means] = Expected(value, semantic, row, column)
    return found


def paths(form: str, grid: Grid) -> dict[Meaning, tuple[list[str], list[str]]]:
    """Row and column path of each value cell, read off the printed table."""
    covering: dict[tuple[int, int], C] = {}
    for row, column, cell in places(grid):
        for below in range(cell.rowspan):
            for across in range(cell.colspan):
                covering[row + below, column + across] = cell
    found = {}
    for row, column, cell in places(grid):
        if cell.means is None:
            continue
        left = [covering[row, c] for c in range(column) if not covering[row, c].means]
        heads = [r for r in range(row) if not any(c.means for c in grid[r])]
        block = [covering[heads[-2], 0]] if form.startswith("activities") else []
        if block:
            heads = heads[-1:]
        above = [covering[r, column] for r in heads[:3]]
        found[cell.means] = (_texts([*block, *left]), _texts(above))
    return found


def _texts(cells: Sequence[C]) -> list[str]:
    return list(dict.fromkeys(cell.text for cell in cells))


# ---------------------------------------------------------------------------------------------
# Layouts


def html(grid: Grid, *, tag: str = "td", wrap: bool = False) -> str:
    rows = []
    for cells in grid:
        printed = ""
        for cell in cells:
            spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            text = f"<p>{cell.text}&nbsp;</p>" if wrap else cell.text
            printed += f"<{tag}{spans}>{text}</{tag}>"
        rows.append(f"<tr>{printed}</tr>")
    return f"<table>{''.join(rows)}</table>"


def html_headers(grid: Grid) -> str:
    """Every cell a header cell."""
    return html(grid, tag="th")


def html_wrapped(grid: Grid) -> str:
    """A paragraph and a hard space in every cell."""
    return html(grid, wrap=True)


def html_without_spans(grid: Grid) -> str:
    """The converter has dropped every span."""
    return html([[C(cell.text, means=cell.means) for cell in cells] for cells in grid])


def html_blank_spans(grid: Grid) -> str:
    """Blank cells stand where a cell reaches down into a row."""
    return _html_of(_matrix(grid, repeat=False))


def html_repeated_spans(grid: Grid) -> str:
    """A spanning cell is repeated in every place it covers."""
    return _html_of(_matrix(grid, repeat=True))


def html_broken_labels(grid: Grid) -> str:
    """A line break inside every label."""
    return html([[_broken(cell) for cell in cells] for cells in grid])


def html_in_parts(grid: Grid) -> str:
    """Headers in `<thead>`, and each row in a body of its own, as some editors leave it."""
    rows = re.findall("<tr>.*?</tr>", html_without_spans(grid))
    bodies = "".join(f"<tbody>{row}</tbody>" for row in rows[1:])
    return f"<table><thead>{rows[0]}</thead>{bodies}</table>"


def html_in_layout(grid: Grid) -> str:
    """Inside a table that lays out the page."""
    return (
        f"<table><tr><td>栏目</td><td><p>{'认真落实条例。' * 40}</p>{html(grid)}</td></tr></table>"
    )


def html_with_spacers(grid: Grid) -> str:
    """A word processor's row of widths at the foot of the table."""
    width = max(column + cell.colspan for _, column, cell in places(grid))
    return html(grid).replace("</table>", "<tr>" + "<td width=10></td>" * width + "</tr></table>")


def _broken(cell: C) -> C:
    half = len(cell.text) // 2
    if cell.means or half < 2:
        return cell
    return replace(cell, text=f"{cell.text[:half]}<br>{cell.text[half:]}")


def _html_of(matrix: Sequence[Sequence[str]]) -> str:
    rows = ("".join(f"<td>{text}</td>" for text in row) for row in matrix)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _matrix(grid: Grid, *, repeat: bool) -> list[list[str]]:
    placed = places(grid)
    width = max(column + cell.colspan for _, column, cell in placed)
    matrix = [[""] * width for _ in grid]
    for row, column, cell in placed:
        for below in range(cell.rowspan if repeat else 1):
            for across in range(cell.colspan if repeat else 1):
                matrix[row + below][column + across] = cell.text
    return matrix


def _piped(rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def markdown_blank(grid: Grid) -> str:
    """Spans leave blank cells."""
    return _piped(_matrix(grid, repeat=False))


def markdown_repeat(grid: Grid) -> str:
    """Spans repeat their text."""
    return _piped(_matrix(grid, repeat=True))


def markdown_ragged(grid: Grid) -> str:
    """Spans leave nothing: rows have as many cells as the source."""
    return _piped([[cell.text for cell in cells] for cells in grid])


def lines(grid: Grid) -> str:
    """One cell per line."""
    return "\n".join(cell.text for cells in grid for cell in cells)


def lines_apart(grid: Grid) -> str:
    """One cell per line, a blank line between them."""
    return "\n\n".join(cell.text for cells in grid for cell in cells)


def broken_lines(grid: Grid) -> str:
    """One cell per line, long labels over three."""
    pieces = []
    for cell in (cell for cells in grid for cell in cells):
        third = len(cell.text) // 3
        if cell.means or third < 2:
            pieces.append(cell.text)
        else:
            pieces += [cell.text[:third], cell.text[third : 2 * third], cell.text[2 * third :]]
    return "\n".join(pieces)


def tabbed(grid: Grid) -> str:
    """Cells parted by tabs, blanks where a span was."""
    return "\n".join("\t".join(row) for row in _matrix(grid, repeat=False))


def piped_lines(grid: Grid) -> str:
    """`cell |` per line, blank cells too."""
    return "\n".join(f"{cell.text} |" for cells in grid for cell in cells)


def trailing_fillers(grid: Grid) -> str:
    """`cell |` per line, and a line of pipes at the end of a row for the columns spanned in it."""
    rows = []
    for cells in grid:
        fillers = sum(cell.colspan - 1 for cell in cells)
        rows += [f"{cell.text} |" for cell in cells] + (["|" * fillers] if fillers else [])
    return "\n".join(rows)


def pipes_between(grid: Grid) -> str:
    """One cell per line, and after each a line that is only a pipe."""
    return "\n".join(f"{cell.text}\n|" for cells in grid for cell in cells)


def fillers_behind(grid: Grid) -> str:
    """`cell |` per line, with a pipe more for each further column that the cell spans."""
    rows = (f"{cell.text} |{'|' * (cell.colspan - 1)}" for cells in grid for cell in cells)
    return "\n".join(rows)


def leading_pipes(grid: Grid) -> str:
    """`| cell` per line but for the first of a row, and a pipe at its end."""
    rows = []
    for cells in grid:
        rows += [cells[0].text, *(f"| {cell.text}".strip() for cell in cells[1:]), "|"]
    return "\n".join(rows)


def spaced_rows(grid: Grid) -> str:
    """The cells of a row in one line, parted by spaces."""
    return "\n".join(" ".join(cell.text for cell in cells if cell.text) for cells in grid)


def glued(grid: Grid) -> str:
    """The whole table in one paragraph, spaces only around values."""
    cells = (cell for row in grid for cell in row)
    return "".join(f" {cell.text} " if cell.means else cell.text for cell in cells)


def flattened(grid: Grid) -> str:
    """The whole table in one paragraph."""
    return " ".join(cell.text for cells in grid for cell in cells if cell.text)
