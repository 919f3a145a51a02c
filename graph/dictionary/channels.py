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

_WEIBO, _WECHAT = (
    "(?:官方|政务|新浪|腾讯|新浪和腾讯)?微博",
    "(?:官方|政务)?微信(?:公众号|公众平台|订阅号|服务号)?",
)

# `account`: an account's name in quotes comes before or after these.
ACCOUNT_WORDS: tuple[ChannelWord, ...] = (
    ChannelWord("weibo", f"{_WEIBO}(?:账号|专栏)?"),
    ChannelWord("wechat", _WECHAT),
    ChannelWord("app_media", "(?:抖音|今日头条|头条|快手|视频)号|小程序|客户端|APP"),
    ChannelWord("website", "(?:门户)?网站|网"),
    ChannelWord("leaflet_sms", "短信平台"),
    ChannelWord("hotline", "(?:专用)?(?:咨询)?(?:投诉)?(?:热线|电话)"),
)

WORDS: tuple[ChannelWord, ...] = (
    ChannelWord("website", "政府公众信息网", "政府门户网站"),
    ChannelWord("website", "(?:人民)?政府(?:门户)?网站?(?!络)", "政府门户网站"),
    ChannelWord("website", "门户网站|官方网站|官网|部门网站|信息网", "门户网站"),
    ChannelWord(
        "disclosure_platform", "(?:政府)?信息公开(?:平台|专栏|专网|网)|政务公开网", "信息公开平台"
    ),
    ChannelWord(
        "service_portal",
        "政务服务网|政务服务平台|网上行政审批平台|市网审平台|网审平台|一网通办",
        "政务服务平台",
    ),
    ChannelWord("service_portal", "公共资源交易信息系统"),
    ChannelWord("website", "国家企业信用信息公示系统(?:（[一-鿿]+）)?"),
    ChannelWord("gazette", "《?[一-鿿]{0,12}政府公报》?", "政府公报"),
    ChannelWord("press", "新闻发布会|新闻通气会|吹风会", "新闻发布会"),
    ChannelWord("interview", "在线访谈|政风行风热线|行风热线", "在线访谈"),
    ChannelWord("hotline", "12345[一-鿿]{0,6}热线|市长热线|县长热线", "12345热线"),
    ChannelWord(
        "mailbox",
        "(?:[一-鿿]{2,6}市)?(?:政府)?公开信箱(?:系统)?|市长信箱|县长信箱|区长信箱|领导信箱|网络问政",
        None,
    ),
    ChannelWord("board", "公示栏|公告栏|宣传栏|政务公开栏|信息公开栏|电子显示屏|电子屏|公开栏"),
    ChannelWord(
        "reading_room",
        "(?:政府信息(?:公开)?)?(?:集中)?查阅(?:中心|点|场所)|公共查阅(?:点|场所)|电子阅览室",
    ),
    ChannelWord("reading_room", "政务公开专区|政务公开体验区", "政务公开专区"),
    ChannelWord(
        "reading_room", "政务服务大厅|行政服务大厅|政务大厅|办事大厅|便民服务大厅", "政务服务大厅"
    ),
    ChannelWord("reading_room", "档案馆|图书馆"),
    ChannelWord("mass_media", "报纸|报刊|广播|电视台?(?!剧)|新闻媒体"),
    ChannelWord("new_media_total", "政务新媒体|新媒体矩阵|两微一端", "政务新媒体"),
    ChannelWord("weibo", _WEIBO, "政务微博"),
    ChannelWord("wechat", _WECHAT, "政务微信"),
    ChannelWord("app_media", "(?:抖音|今日头条|头条|快手|视频)号|小程序|移动客户端|客户端"),
    ChannelWord("leaflet_sms", "明白卡|便民手册|宣传资料|手机短信"),
)
