"""The word lists of the readers: tags of HTML, names of page parts, keys of index blocks."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BLOCK_TAGS = frozenset(
    _words(
        "address article aside blockquote body caption center dd details dialog dir div dl dt"
        " fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hr html legend"
        " li listing main menu nav ol p plaintext pre search section summary tbody thead tfoot tr"
        " td th table ul xmp"
    )
)
DROPPED_TAGS = frozenset(
    _words(
        "script style noscript template iframe object embed svg math canvas audio video map head"
        " title select option button textarea input datalist link meta nav footer aside dialog"
        " noframes figcaption"
    )
)
CONTAINER_TAGS = frozenset(_words("body div td table tbody tr article section main form center"))

# Parts of `class` and `id` that name a part of the page.
CHROME_NAMES = _words(
    "nav navbar navi navigation menu subnav breadcrumb breadcrumbs crumb crumbs location position"
    " curpos dqwz weizhi share sharing bdshare bdsharebuttonbox jiathis foot footer copyright"
    " sidebar side related relate xgwz xgxx xgyd recommend hotnews hot prev next prevnext pager"
    " pagination tool tools toolbar print fontsize qrcode ewm erweima search login banner"
    " friendlink links yqlj comment comments advert ad ads dibu gotop backtop wza"
)

# Keys of header lines (发布时间：… 来源：…) and of index blocks on top of a page.
STRONG_KEYS = _words(
    "索引号 信息索引号 信息索引 主题分类 组配分类 信息分类 体裁 体裁分类 公文种类 服务对象"
    " 发布机构 发文机关 发文机构 发文单位 公开机构 责任部门 信息来源 来源 文章来源 稿源"
    " 发文日期 成文日期 发文时间 成文时间 公文生成日期 生成日期 公开日期 公开时间 发布日期"
    " 发布时间 发表时间 更新时间 更新日期 印发日期 文号 发文字号 文件编号 字号"
    " 公开方式 公开形式 公开范围 公开时限 公开类型 公开属性 有效性 时效 时效性 效力状态"
    " 废止日期 失效日期 失效时间 生效日期 信息名称 内容概述 内容概览 关键词 主题词 关键字"
    " 浏览次数 浏览量 点击数 点击量 点击率 点击次数 访问次数 访问量 阅读次数 阅读量"
    " 责任编辑 字体 字体大小 载体类型 语种"
)
# Words that other lines and tables begin with too: alone they make no header line.
WEAK_KEYS = _words("名称 标题 日期 时间 备注 审核 签发 录入 编辑 阅读 浏览 分类 作者 隶属 摘要")

# Where a page's date and site stand, best first.
DATE_KEYS = _words(
    "发布时间 发布日期 发表时间 公开日期 公开时间 日期 时间 更新时间 更新日期 发文日期"
    " 发文时间 生成日期 公文生成日期 成文日期 成文时间 pubdate publishdate date"
)
SITE_KEYS = _words("sitename site 来源 信息来源 文章来源 contentsource")
