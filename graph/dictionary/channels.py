"""The types of channels, and the words that name each: the longest wins."""

from typing import NamedTuple


class ChannelWord(NamedTuple):
    """`pattern`: a regular expression; `name`: the canonical name, None for the words themselves."""

    type: str
    pattern: str
    name: str | None = None


CHANNEL_TYPES = {
    "website": "网站",
    "disclosure_platform": "信息公开平台",
    "service_portal": "政务服务平台",
    "gazette": "公报",
    "weibo": "微博",
    "wechat": "微信",
    "app_media": "客户端与短视频",
    "new_media_total": "政务新媒体",
    "mass_media": "报刊广播电视",
    "press": "新闻发布会",
    "interview": "访谈",
    "hotline": "热线",
    "mailbox": "信箱",
    "board": "公示栏",
    "reading_room": "查阅场所",
    "leaflet_sms": "资料与短信",
}

_WEIBO = "(?:官方|政务|新浪和腾讯|新浪|腾讯|人民网|部门)*(?:微博|微博客)"
_WECHAT = (
    "(?:(?:官方|政务)*微信(?:公众(?:服务)?(?:账?号|平台)|平台|订阅号|服务号|号)?|政务公众号|公众号)"
)
_APP = "(?:抖音|今日头条|头条|快手|澎湃)号?|(?:视频|企鹅|微视频)号|小程序|(?:移动|手机)?客户端|手机APP|APP"

# `account`: an account's name in quotes comes before or after these.
ACCOUNT_WORDS: tuple[ChannelWord, ...] = (
    ChannelWord("weibo", f"{_WEIBO}(?:账号|专栏|平台)?"),
    ChannelWord("wechat", _WECHAT),
    ChannelWord("app_media", _APP),
    ChannelWord("service_portal", "政务服务(?:网|平台|系统)|办事平台"),
    ChannelWord("website", "(?:政府|官方|政务)?(?:门户)?网站|政务网|信息网|网(?![上络])"),
    ChannelWord("leaflet_sms", "短信平台"),
    ChannelWord("hotline", "(?:专用|服务|政务)*(?:咨询|便民)?(?:投诉)?(?:服务)?(?:热线|电话)"),
    ChannelWord("mailbox", "(?:举报|公开|电子|投诉)?(?:邮箱|信箱)|栏目留言"),
    ChannelWord("interview", "(?:访谈|直播)?(?:栏目|节目)"),
)

_MEDIA = (
    "人民日报|新华社|新华网|人民网|中央电视台|央视|光明日报|经济日报|法制日报|法治日报|中国新闻社"
    "|(?:[一-鿿](?<![在和与及由被向据于登过的刊以])){2,4}(?:(?:日报|晚报|晨报|时报)(?!道)|(?:广播)?电视台)"
)

WORDS: tuple[ChannelWord, ...] = (
    ChannelWord("website", "政府公众信息网|政务信息网|党政网|首都之窗", "政府门户网站"),
    ChannelWord("website", "(?:人民)?政府(?:门户|官方)?网站?(?!络)|政府信息网", "政府门户网站"),
    ChannelWord(
        "disclosure_platform",
        "(?:政府|政务)?信息公开(?:统一)?(?:平台|专栏|专网|网站|网|系统)|政务公开(?:网|专栏|平台)",
        "信息公开平台",
    ),
    ChannelWord(
        "website",
        "门户网站|官方网站|官网|部门网站|(?<!公众)信息网|(?<=[部署局厅委院校会])网站",
        "门户网站",
    ),
    ChannelWord(
        "website",
        "(?<=通过)网站|(?<=利用)网站|(?<=依托)网站|(?<=以)网站(?=为)|(?<=在)网站(?=上)|互联网站",
        "门户网站",
    ),
    ChannelWord(
        "service_portal",
        "(?:一体化)?(?:在线)?政务服务(?:一体化)?(?:网|平台)|网上(?:行政)?审批平台|市网审平台|网审平台|一网通办(?:平台)?"
        "|网上办事大厅|网上政务大厅|网上办事服务?平台|浙里办|皖事通|苏服办|粤省事|随申办|爱山东|赣服通|豫事办|渝快办|闽政通|鄂汇办|辽事通|秦务员",
        "政务服务平台",
    ),
    ChannelWord("service_portal", "公共资源交易(?:信息系统|平台|网)"),
    ChannelWord("website", "国家企业信用信息公示系统(?:（[一-鿿]+）)?"),
    ChannelWord(
        "gazette",
        "《[一-鿿]{0,12}公报》|(?:人民)?政府公报|(?<![计质源况境土告])公报(?=[、，。；和及]|[0-9]|刊登|刊载|发布|公开|上)",
        "政府公报",
    ),
    ChannelWord("press", "新闻发布会|(?<!闻)发布会(?=[0-9]|、)", "新闻发布会"),
    ChannelWord("press", "(?:新闻|媒体|情况)?通气会", "新闻通气会"),
    ChannelWord("press", "(?:政策)?吹风会", "政策吹风会"),
    ChannelWord(
        "interview",
        "在线访谈|网上访谈|网络访谈|政风行风热线|行风热线|民生热线(?=节目)|在线直播",
        "在线访谈",
    ),
    ChannelWord(
        "hotline",
        "12345[一-鿿]{0,8}?(?:热线|平台)|12345(?=[、，。；和及”])|市长(?:公开)?(?:热线|电话)|县长(?:热线|电话)|区长(?:热线|电话)|政务服务便民热线|政务服务热线",
        "12345热线",
    ),
    ChannelWord("hotline", "(?:12[0-9]{3}|96[0-9]{3,4}|95[0-9]{3})[一-鿿]{0,8}?(?:热线|电话|平台)"),
    ChannelWord(
        "hotline",
        "(?:(?<=设立)|(?<=开通)|(?<=通过)|(?<=拨打)|(?<=接听)|(?<=公布))(?:24小时)?(?:咨询|服务|监督|举报|投诉)+(?:热线|电话)|热线电话",
        "咨询电话",
    ),
    ChannelWord("mailbox", "(?:政府)?公开信箱(?:系统|平台)?", "政府公开信箱"),
    ChannelWord(
        "mailbox",
        "(?:市|县|区|局|镇|乡|部|厅|处|省|主任|书记|校|关|署)长信箱|书记信箱|主任信箱|领导信箱|网络问政(?:平台)?|(?:领导|网上)?留言板|电子信箱|电子邮箱|举报邮箱|公众信箱|咨询信箱|民意信箱",
    ),
    ChannelWord(
        "board",
        "(?:政务|信息|村务|党务|厂务|居务)?(?:公示|公告|宣传|公开)栏|公开墙|公示牌|公示板|宣传橱窗|橱窗|黑板报",
        "公示栏",
    ),
    ChannelWord("board", "(?:LED)?(?:电子)?(?:显示|触摸|滚动|公告)?屏(?![幕蔽保南])|LED", "电子屏"),
    ChannelWord(
        "reading_room",
        "(?:政府信息(?:公开)?)?(?:集中|公共)?(?:查阅|查询|阅览)(?:中心|点|场所|室)|电子阅览(?:室|点)",
        "查阅场所",
    ),
    ChannelWord("reading_room", "政务公开(?:专区|体验区|服务专区)|信息公开专区", "政务公开专区"),
    ChannelWord(
        "reading_room",
        "(?:政务|行政|便民|为民|公共|综合)服务(?:大厅|中心)|政务大厅|办事大厅|服务大厅|便民服务站|市民中心|办税服务厅",
        "政务服务大厅",
    ),
    ChannelWord("reading_room", "档案馆|图书馆"),
    ChannelWord(
        "mass_media",
        f"{_MEDIA}|报纸|报刊|广播电台|广播(?!影视|电影|电视[局台])|大喇叭|电视台?(?!剧)|新闻媒体|传统媒体|主流媒体",
    ),
    ChannelWord(
        "new_media_total", "政务新媒体|新媒体(?:矩阵|平台)?|两微一端|“两微”|双微", "政务新媒体"
    ),
    ChannelWord("weibo", _WEIBO, "政务微博"),
    ChannelWord("wechat", _WECHAT, "政务微信"),
    ChannelWord("app_media", _APP),
    ChannelWord(
        "leaflet_sms",
        "明白卡|明白纸|便民手册|(?:便民|服务|办事|宣传)(?:手册|指南册)|宣传(?:资料|材料|册|单|页|品)|折页|公开信(?!箱|息|访)|手机短信|短信(?:平台)?",
    ),
)
