"""What only looks like a report is refused by kind; what is one is never refused."""

import pytest

from gongkai.graph.errors import InputRefused
from gongkai.loaders.load import read_bytes

BODY = (
    "按照《中华人民共和国政府信息公开条例》，2018年主动公开政府信息36条，统计期限自2018年1月1日起至"
    "2018年12月31日止。收到依申请公开2件，没有行政复议、行政诉讼。存在的主要问题是更新不够及时。"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("关于做好2018年政府信息公开年度报告编制工作的通知\n各县区、各部门：", "NOTICE"),
        ("文字解读：嘉鱼县2018年政府信息公开工作年度报告\n编制背景与主要内容", "INTERPRETATION"),
        ("嘉鱼县2018年政府信息公开工作年度报告（图解版）", "INFOGRAPHIC"),
        ("嘉鱼县2018年政务公开第三方评估报告", "EVALUATION"),
        ("嘉鱼县2018年政务公开工作要点", "RULES"),
        ("嘉鱼县政府信息公开指南", "RULES"),
        ("嘉鱼县政府信息公开办法（试行）", "RULES"),
        ("嘉鱼县自来水公司信息公开制度", "RULES"),
        ("嘉鱼县2018年主动公开事项清单", "RULES"),
        ("嘉鱼县2018年法治政府建设年度报告", "OTHER_REPORT"),
        ("嘉鱼县水利局2018年度部门决算", "OTHER_REPORT"),
        ("关于嘉鱼县2018年预算执行情况的报告", "OTHER_REPORT"),
        ("嘉鱼县水利局2018年工作总结", "OTHER_REPORT"),
        ("嘉鱼县政府网站2018年度工作报表", "WEBSITE_STATEMENT"),
        (
            "行政复议决定书\n申请人：张某，要求公开政府信息。\n被申请人：嘉鱼县自然资源局",
            "DECISION",
        ),
        ("政府网站工作年度报表（2018年度）\n独立用户访问总量1234个", "WEBSITE_STATEMENT"),
        ("xx市2018年政府信息公开工作年度报告", "MODEL_TEXT"),
        ("嘉鱼县晒出公开成绩单\n本报讯（记者 李某）去年全县公开信息。", "PRESS_STORY"),
        ("政府信息公开情况统计调查\n填报单位：（盖章）\n填报说明：按季度报送。", "EMPTY_FORM"),
    ],
)
def test_a_look_alike_is_refused_by_its_kind(text: str, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_bytes(f"{text}\n{BODY}".encode(), "page.txt")
    assert refused.value.code == f"LOOK_ALIKE_{code}"
    assert "page.txt" in str(refused.value)


def test_a_text_about_something_else_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        read_bytes("今天天气很好，我们去公园散步。".encode(), "page.txt")
    assert refused.value.code == "NOT_A_REPORT"


@pytest.mark.parametrize(
    "text",
    [
        f"嘉鱼县2018年政府信息公开工作年度报告（文字版）\n{BODY}",
        f"嘉鱼县2018年政府信息公开工作总结\n县政府办公室：\n现将我局工作报告如下。{BODY}",
        f"嘉鱼县2018年政府信息公开年报\n接受省电视台记者采访3次。{BODY}",
        f"嘉鱼县2018年政府信息公开工作年度报告\n按要求报送了政府网站年度工作报表。{BODY}",
        "南吕镇2018年政府信息公开工作报告\n公开信息21条。",
        f"牛心镇人民政府及时调整领导小组。{BODY}",
        f"关于印发《嘉鱼县水利局2018年政府信息公开年度报告》的通知\n各科室：\n{BODY}",
        f"信息公开指南\n信息公开制度\n信息公开年报\n嘉鱼县2018年政府信息公开工作年度报告\n{BODY}",
        f"嘉鱼县依法行政办公室2018年政府信息公开工作总结\n{BODY}",
        "本年度报告依照《高等学校信息公开办法》编制，统计时间为2017年9月1日至2018年8月31日。\n"
        "学校公开信息51条，没有收到信息公开申请。",
    ],
)
def test_a_report_is_not_refused_for_what_it_mentions(text: str) -> None:
    assert read_bytes(text.encode(), "report.txt").report.year == 2018
