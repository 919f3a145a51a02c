"""Odd tables of reports: local rows, cut headers, forms in pieces, tables of their own."""

from collections.abc import Sequence

from gongkai.graph.extract import Confidence, Kind, Observation, Semantic
from gongkai.loaders.forms import FormReading, read_forms
from gongkai.loaders.read import read_document


def table(*rows: str) -> str:
    """An HTML table of rows whose cells are parted by `|`."""
    printed = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in printed) + "</table>"


def read(*tables: str, name: str = "a.html") -> FormReading:
    text = (
        f"<html><body><p>报告</p>{''.join(tables)}</body></html>" if name == "a.html" else tables[0]
    )
    return read_forms(
        read_document(text.encode(), name),
        report_id="report:1",
        agency_id="agency:1",
        year=2020,
        sections=(),
        rollup=False,
    )


def one(reading: FormReading, metric: str, **dimensions: str) -> Observation:
    fitting = [
        item
        for item in reading.observations
        if item.metric == metric and dimensions.items() <= item.dimensions.items()
    ]
    assert len(fitting) == 1, [item.metric for item in reading.observations]
    return fitting[0]


def values(items: Sequence[Observation]) -> dict[str, float | None]:
    return {item.metric: item.value for item in items}


RULES_2019 = (
    "第二十条第（一）项|||",
    "信息内容|本年新|本年新|对外公开 总数量",
    "规 章|1|2|3",
    "规范性文件|4|5|6",
)


def test_headers_cut_to_the_same_words_are_two_columns() -> None:
    reading = read(table(*RULES_2019))
    assert values(reading.observations) == {
        "rules-made": 1,
        "rules-disclosed": 2,
        "rules-public-total": 3,
        "normative-documents-made": 4,
        "normative-documents-disclosed": 5,
        "normative-documents-public-total": 6,
    }
    assert reading.template == "2019"


def test_last_year_s_items_belong_to_last_year_and_a_change_has_its_sign() -> None:
    reading = read(
        table(
            "第二十条第（五）项|||",
            "信息内容|上一年项目数量|本年增/|处理决定数量",
            "行政许可|10|减少3|100",
        )
    )
    assert one(reading, "licence-items-last-year").year == 2019
    change = one(reading, "licence-items-change")
    assert (change.value, change.kind, change.year) == (-3, Kind.CHANGE, 2020)
    assert one(reading, "licences-decided").value == 100


def test_a_row_that_a_place_added_is_kept_under_a_metric_of_its_own() -> None:
    reading = read(
        table(
            "第二十条第（五）项|||",
            "信息内容|上一年项目数量|本年增/减|处理决定数量",
            "行政检查|7|+2|5",
            "本行政区域政府信息公开发布总数量|12345||",
        )
    )
    checks = one(reading, "open/行政检查处理决定数量")
    assert (checks.value, checks.confidence) == (5, Confidence.MEDIUM)
    assert one(reading, "open/本行政区域政府信息公开发布总数量").value == 12345


def test_money_is_in_yuan_whoever_prints_the_unit() -> None:
    rows = (
        "第二十条第（九）项||",
        "信息内容|采购项目数量|采购总金额（万元）",
        "政府集中采购|3|12.5",
    )
    assert one(read(table(*rows)), "procurement-amount").value == 125_000
    rows = ("第二十条第（九）项||", "信息内容|采购项目数量|采购总金额", "政府集中采购|3|12.5万元")
    amount = one(read(table(*rows)), "procurement-amount")
    assert (amount.value, amount.unit, amount.quote) == (125_000, "元", "12.5万元")
    rows = (
        "第二十条第（八）项|",
        "信息内容|本年收费金额（单位：万元）",
        "行政事业性收费|59237.2449",
    )
    assert one(read(table(*rows)), "charges-collected").value == 592_372_449


def test_an_absurd_number_is_kept_as_text_with_a_flag() -> None:
    reading = read(
        table("信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|12345678901234567890|0|1")
    )
    made = one(reading, "rules-made")
    assert (made.value, made.semantic) == (None, Semantic.TEXT)
    assert [flag.code for flag in reading.flags] == ["ABSURD_NUMBER"]


def test_stocks_have_no_year() -> None:
    reading = read(table("信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|1|0|1"))
    assert one(reading, "rules-in-force").year is None
    assert one(reading, "rules-made").year == 2020


RESULTS = "结果维持|结果纠正|其他结果|尚未审结|总计"


def test_reconsiderations_and_lawsuits_in_two_tables() -> None:
    reading = read(
        table("行政复议||||", RESULTS, "1|0|2|0|3"),
        table(
            "行政诉讼|||||||||",
            "未经复议直接起诉|||||复议后起诉||||",
            f"{RESULTS}|{RESULTS}",
            "1|2|3|4|10|0|0|1||1",
        ),
    )
    assert len(reading.observations) == 15
    assert one(reading, "reconsideration-total").value == 3
    assert one(reading, "litigation-corrected", procedure="direct").value == 2
    pending = one(reading, "litigation-pending", procedure="after-reconsideration")
    assert (pending.semantic, pending.quote, pending.start) == (Semantic.BLANK, "", pending.end)
    assert pending.part_of == one(reading, "litigation-total", procedure="after-reconsideration").id


def test_remedies_turned_on_their_side() -> None:
    names = RESULTS.split("|")
    rows = [f"行政复议|{names[0]}|1", *(f"|{name}|2" for name in names[1:])]
    rows += [f"行政诉讼|未经复议直接起诉|{names[0]}|3", *(f"||{name}|4" for name in names[1:])]
    rows += [f"|复议后起诉|{names[0]}|5", *(f"||{name}|6" for name in names[1:])]
    reading = read(table(*rows))
    assert len(reading.observations) == 15
    corrected = one(reading, "litigation-corrected", procedure="after-reconsideration")
    assert corrected.value == 6
    assert corrected.cell is not None
    assert corrected.cell.row_path == ["行政诉讼", "复议后起诉", "结果纠正"]


def test_remedies_as_a_matrix() -> None:
    reading = read(table("|行政复议|未经复议直接起诉|复议后起诉", "结果维持|1|2|3", "总计|1|2|3"))
    assert one(reading, "litigation-upheld", procedure="direct").value == 2


def test_reordered_columns_follow_their_headers() -> None:
    reading = read(
        table(
            "申请人情况|总计|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他",
            "一、本年新收政府信息公开申请数量|21|6|5|4|3|2|1",
        )
    )
    assert one(reading, "requests-received", applicant="total").value == 21
    assert one(reading, "requests-received", applicant="natural-person").value == 6


def test_a_missing_column_leaves_the_others_in_place() -> None:
    reading = read(
        table(
            "|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他",
            "一、本年新收政府信息公开申请数量|6|5|4|3|2|1",
        )
    )
    assert one(reading, "requests-received", applicant="natural-person").value == 6
    assert one(reading, "requests-received", applicant="other").value == 1


def test_a_mistyped_label_is_read_with_less_confidence() -> None:
    reading = read(
        table(
            "申请人情况|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计",
            "一、本年新收政府信息公开申请数|1|0|0|0|0|0|1",
        )
    )
    assert one(reading, "requests-received", applicant="total").confidence is Confidence.HIGH


def test_the_older_local_form_does_not_take_its_codes_for_figures() -> None:
    reading = read(
        table(
            "指标名称|计量单位|代码|本期实际|本年累计",
            "甲|乙|丙|1|2",
            "主动公开信息数|条|01|100|1200",
            "其中：全文电子化的主动公开信息数|条|02|90|1100",
            "申请总数|条|10|3|4",
            "1.当面申请数|条|11|1|",
            "（5）“免予公开范围1”数|条|27|0|0",
            "单位负责人：张三|填报日期|2013|1|5",
        )
    )
    assert reading.template == "2014"
    total = one(reading, "items-disclosed", column="year-to-date")
    assert (total.value, total.unit) == (1200, "条")
    assert one(reading, "items-disclosed", column="reporting-period").value == 100
    assert one(reading, "requests-in-person", column="year-to-date").semantic is Semantic.BLANK
    assert one(reading, "results-denied-exempt-1", column="year-to-date").value == 0
    assert len(reading.observations) == 10


def test_columns_of_two_years_are_figures_of_two_years() -> None:
    reading = read(table("统计指标|单位|2015年|2016年", "收到申请数|件|3|4"))
    assert {(item.year, item.value) for item in reading.observations} == {(2015, 3), (2016, 4)}


def test_the_2014_form_in_two_blocks_side_by_side() -> None:
    reading = read(
        table(
            "统计指标|单位|统计数|统计指标|单位|统计数",
            "一、主动公开情况|——||四、行政复议数量|件|2",
            "（一）主动公开政府信息数|条|12|（一）维持具体行政行为数|件|2",
        )
    )
    assert values(reading.observations) == {
        "items-disclosed": 12,
        "reconsideration-total": 2,
        "reconsideration-upheld": 2,
    }


def test_a_table_of_the_report_s_own_gives_open_metrics() -> None:
    reading = read(table("渠道|信息数（条）|占比", "政府网站|1,200|60%", "政务微信|800|40%"))
    website = one(reading, "open/政府网站信息数条")
    assert (website.value, website.unit, website.confidence) == (1200, "条", Confidence.MEDIUM)
    assert one(reading, "open/政务微信占比").kind is Kind.RATE
    assert reading.template == "2008"


def test_rows_of_an_open_table_are_parts_of_its_total() -> None:
    reading = read(table("渠道|数量", "网站|12", "微博|3", "合计|15"))
    total = next(item for item in reading.observations if item.value == 15)
    assert total.part_of is None
    assert one(reading, "open/网站数量").part_of == total.id


def test_columns_of_years_in_an_open_table_are_figures_of_these_years() -> None:
    reading = read(table("项目|2018年|2019年度|同比增长", "主动公开信息（条）|100|120|20%"))
    found = [(item.metric, item.year, item.value, item.kind) for item in reading.observations]
    assert found == [
        ("open/主动公开信息条", 2018, 100, Kind.COUNT),
        ("open/主动公开信息条", 2019, 120, Kind.COUNT),
        ("open/主动公开信息条同比增长", 2020, 20, Kind.CHANGE),
    ]


def test_a_row_that_has_a_metric_s_own_name_measures_it() -> None:
    reading = read(table("项目|2019年|2020年", "提供服务类信息数|5|6", "其他|1|2"))
    assert [(item.metric, item.year) for item in reading.observations] == [
        ("service-items-disclosed", 2019),
        ("service-items-disclosed", 2020),
        ("open/其他", 2019),
        ("open/其他", 2020),
    ]


def test_a_table_of_pairs_needs_no_header() -> None:
    reading = read(table("发布信息|100条|办理留言|5件", "接听热线|30次||"))
    assert {(item.metric, item.value, item.unit) for item in reading.observations} == {
        ("open/发布信息", 100, "条"),
        ("open/办理留言", 5, "件"),
        ("open/接听热线", 30, "次"),
    }


def test_an_index_block_has_no_figures() -> None:
    reading = read(table("索引号|0001/2020-1|发布机构|某局", "生成日期|20200101|文号|无"))
    assert reading.observations == []
    assert reading.unplaced == []


def test_numbers_of_a_table_that_is_not_understood_are_reported() -> None:
    reading = read(table("某些说明|3", "|5"))
    assert reading.observations == []
    assert [item.quote for item in reading.unplaced] == ["3", "5"]


def test_all_forms_in_one_table() -> None:
    header = "|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"
    reading = read(
        table(
            "信息内容|本年制发件数|本年废止件数|现行有效件数",
            "规章|1|0|1",
            header,
            "一、本年新收政府信息公开申请数量|1|0|0|0|0|0|1",
            f"{RESULTS}|{RESULTS}|{RESULTS}",
            "|".join("0" * 15),
        )
    )
    assert len(reading.observations) == 3 + 7 + 15


def test_labels_broken_over_lines_are_put_together() -> None:
    head = "第二十条第（一）项\n信息内容\n本年新\n制作数量\n本年新\n公开数量\n对外公开\n总数量"
    text = f"某局报告\n{head}\n规 章\n0\n0\n0\n规范性\n文件\n4\n5\n6\n第二十条第（五）项"
    reading = read(text, name="a.txt")
    assert values(reading.observations)["normative-documents-public-total"] == 6
    assert reading.used


def test_a_narrative_without_tables_has_template_2008() -> None:
    reading = read("某局报告\n2012年主动公开政府信息12条。", name="a.txt")
    assert (reading.template, reading.observations, reading.used) == ("2008", [], [])


def test_a_row_like_one_of_the_form_but_added_is_not_taken_for_it() -> None:
    reading = read(
        table(
            "序号|统 计 指 标|单位|区政府统计数|乡镇统计数",
            "1|一、主动公开情况|----||",
            "2|主动公开政府信息数（不同渠道和方式公开相同信息计1条）|条|5|6",
            "3|主动公开政府文件数|条|3|4",
        )
    )
    assert one(reading, "items-disclosed", column="区政府统计数").value == 5
    assert one(reading, "open/主动公开政府文件", column="乡镇统计数").value == 4
    assert len(reading.observations) == 4


def test_notes_in_labels_and_headers_are_not_in_the_way() -> None:
    reading = read(
        table(
            "信息內容|本年新 製作數量|本年新 公開數量|對外公開總數量||",
            "規章（設區的市、自治州人民政府應提供相關數據）|0|0|0||",
            "規範性檔案（決定、公告、通告等公文，一般情況下屬於規範性檔案）|2|2|19||",
            "第二十條第（六）項|||||",
            "信息內容|上一年項目數量（指2019年事項數）|本年增/減（減用負值表示，如-8）|處理決定數量||",
            "行政處罰|253|--253|-||",
        )
    )
    assert one(reading, "normative-documents-public-total").value == 19
    assert one(reading, "penalty-items-change").value == -253
    assert one(reading, "penalties-decided").semantic is Semantic.NOT_APPLICABLE


def test_the_older_local_form_with_a_pipe_before_each_cell() -> None:
    lines = "指 标 名 称", "| 计量", "单位", "| 代码", "| 本期实际", "| 本年累计", "|"
    numbers = "甲", "| 乙", "| 丙", "| 1", "| 2", "|"
    rows = (
        "主动公开信息数",
        "| 条",
        "| 01",
        "| 5",
        "| 60",
        "|",
        "3.否决公开答复总数",
        "| 条",
        "| 20",
    )
    reading = read("\n".join(("某局报告", *lines, *numbers, *rows, "|", "| 2", "|")), name="a.txt")
    assert one(reading, "items-disclosed", column="year-to-date").value == 60
    assert one(reading, "results-denied", column="reporting-period").semantic is Semantic.BLANK
    assert one(reading, "results-denied", column="year-to-date").value == 2
    assert len(reading.observations) == 4


def test_rows_of_lines_have_the_places_of_the_official_form() -> None:
    heads = "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量".replace(" | ", " |\n")
    cells = "行政处罚 | 253 | --253 | 0 |".replace(" | ", " |\n")
    reading = read(f"某局报告\n第二十条第（六）项 |\n|||\n{heads} |\n{cells}", name="a.txt")
    decided = one(reading, "penalties-decided")
    assert decided.cell is not None
    assert (decided.cell.row, decided.cell.column, decided.value) == (10, 3, 0)


def test_a_span_that_reaches_too_far_does_not_hide_the_row_s_label() -> None:
    numbers = "".join(f"<td>{n}</td>" for n in (3, 0, 0, 0, 0, 0, 3))
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    header = "".join(f"<td>{name}</td>" for name in names)
    reading = read(
        f"<table><tr><td colspan=3>申请人情况</td>{header}</tr>"
        f"<tr><td rowspan=2>三、本年度办理结果</td><td rowspan=3>（三）不予公开</td>"
        f"<td>1.属于国家秘密</td>{numbers}</tr><tr><td>2.其他法律行政法规禁止公开</td>{numbers}</tr>"
        f"<tr><td>3.危及“三安全一稳定”</td>{numbers}</tr></table>"
    )
    security = one(reading, "results-denied-security", applicant="natural-person")
    assert security.value == 3


def test_captions_inside_a_table_are_no_rows() -> None:
    reading = read(
        table(
            "三、收到和处理政府信息公开申请情况|||||||",
            "（勾稽关系）|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计",
            "四、结转下年度继续办理|0|0|0|0|0|0|0",
            "四、政府信息公开行政复议、行政诉讼情况|||||||",
        )
    )
    assert {item.metric for item in reading.observations} == {"requests-carried-out"}
    assert len(reading.observations) == 7


def test_a_label_broken_after_each_character_is_one_label() -> None:
    names = "自然人\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计"
    group = "\n".join("三、本年度办理结果")
    text = f"某局报告\n申请人情况\n{names}\n{group}\n（一）予以公开\n1\n2\n3\n4\n5\n6\n21"
    granted = one(read(text, name="a.txt"), "results-granted", applicant="total")
    assert granted.value == 21
    assert granted.cell is not None
    assert granted.cell.row_path == ["三、本年度办理结果", "（一）予以公开"]


def test_columns_of_row_numbers_and_remarks_have_no_figures() -> None:
    reading = read(
        table(
            "序号|指标|计量单位|数值|备注",
            "1|主动公开政府信息数|条|12|",
            "2|收到申请数|件|3|含网络申请2件",
        )
    )
    assert values(reading.observations) == {"items-disclosed": 12, "requests-received": 3}
    reading = read(
        table(
            "序号|申请人情况|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计|备注",
            "1|一、本年新收政府信息公开申请数量|6|5|4|3|2|1|21|",
            "2|四、结转下年度继续办理|0|0|0|0|0|0|0|7",
        )
    )
    assert len(reading.observations) == 14
    assert one(reading, "requests-received", applicant="natural-person").value == 6
    assert [(item.quote, item.reason) for item in reading.unplaced] == [
        ("7", "in a column of remarks")
    ]


def test_a_row_that_a_page_break_cut_in_two_is_one_row() -> None:
    reading = read(
        table(
            "申请人情况|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计",
            "5.要求行政机关确认或重|1|0|0|0|0|0|1",
            "新出具已获取信息|||||||",
            "（七）总计|||||||",
        )
    )
    reissued = one(reading, "results-not-processed-reissue", applicant="total")
    assert reissued.value == 1
    assert reissued.cell is not None
    assert reissued.cell.row_path[-1] == "5.要求行政机关确认或重新出具已获取信息"
    blank = one(reading, "requests-answered", applicant="total")
    assert (blank.semantic, len(reading.observations)) == (Semantic.BLANK, 14)


def test_a_unit_may_span_the_rows_it_is_for() -> None:
    reading = read(
        "<table><tr><td>统计指标<td>单位<td>统计数</tr>"
        "<tr><td>1.当面申请数<td rowspan=2>件<td>1</tr><tr><td>2.传真申请数<td>2</tr></table>"
    )
    assert [item.unit for item in reading.observations] == ["件", "件"]


def test_the_2014_form_counts_money_in_ten_thousand_yuan() -> None:
    reading = read(table("统计指标|统计数", "（四）政府信息公开专项经费|12.5"))
    funds = one(reading, "dedicated-funds")
    assert (funds.value, funds.unit, funds.confidence) == (125_000, "元", Confidence.HIGH)


def test_lawsuits_by_procedure_in_rows() -> None:
    reading = read(
        table(
            f"类别|{RESULTS}",
            "行政复议|1|2|3|4|10",
            "行政诉讼（未经复议直接起诉）|1|0|0|0|1",
            "行政诉讼（复议后起诉）|2|0|0|0|2",
        )
    )
    assert len(reading.observations) == 15
    upheld = one(reading, "litigation-upheld", procedure="after-reconsideration")
    assert upheld.value == 2
    assert upheld.cell is not None
    assert upheld.cell.row_path == ["行政诉讼（复议后起诉）"]
    assert upheld.cell.column_path == ["结果维持"]


def test_a_table_for_each_group_of_remedies_under_its_name() -> None:
    groups = ("行政复议", "未经复议直接起诉", "复议后起诉")
    reading = read(*(f"<p>{group}</p>{table(RESULTS, '1|0|2|0|3')}" for group in groups))
    assert len(reading.observations) == 15
    assert one(reading, "reconsideration-total").value == 3
    upheld = one(reading, "litigation-upheld", procedure="after-reconsideration")
    assert (upheld.value, upheld.cell and upheld.cell.table) == (1, 2)


def test_columns_of_a_block_need_not_stand_under_those_of_the_block_above() -> None:
    def row(*cells: tuple[str, int]) -> str:
        return "".join(f"<td colspan={span}>{text}</td>" for text, span in cells)

    heads = row(("信息内容", 1), ("上一年项目数量", 1), ("本年增/减", 2), ("处理决定数量", 1))
    licences = row(("行政许可", 1), ("7", 2), ("-1", 1), ("90", 1))
    reading = read(f"<table><tr>{heads}</tr><tr>{licences}</tr></table>")
    assert values(reading.observations) == {
        "licence-items-last-year": 7,
        "licence-items-change": -1,
        "licences-decided": 90,
    }
