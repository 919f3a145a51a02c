"""Whose report this is: the body that its title names, else its compilers, its signature, its page.

A report titled with a bare region is its government's, whoever compiled it. A body that is named
without its region (a town, 鼓楼区, 市教育局) is placed by what the page says around it; where that
does not decide, it stays a body without a region, and a warning says so.
"""

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from gongkai.graph.dictionary.agencies import departments, government_of, national_bodies
from gongkai.graph.dictionary.regions import (
    NATION,
    Region,
    all_regions,
    ancestors,
    is_within,
    region_by_code,
    regions_named,
    zone_code,
)
from gongkai.graph.extract import Level

from .agencies import body, body_of
from .document import Flag
from .reading import Body

_YEAR = r"[（(]?(?:(?:19|20)[0-9]{2}|[二三][〇零一二三四五六七八九]{3})"
_MARK = re.compile(r"^(?:[（(【\[][^（()）】\]]{0,10}[）)】\]])+")
_ADVERT = re.compile(r"^.*[：:@_|](?=[一-鿿]{4})")
_LEAD = re.compile(rf"^(?:关于)?(?:印发|公布|发布)?{_YEAR}(?:[-—至]{_YEAR})?年?度?(?=.{{3}})")
_TOPIC = re.compile(
    rf"(?:关于)?[（(]?(?:{_YEAR}|本级(?!政府)|(?:政府)?网站|依申请公开"
    "|(?:政府|政务|信息)+(?:主动)?公开(?!办|局|中心|管理|服务|科)|政府信息|政务信息).*$"
)
_TAIL = re.compile(r"(?:[（(]本级(?:机关)?[）)]|关于|的|发布|公布|印发|工作|年度)+$")
_BRACKETS = re.compile(r"（[^（）]*）|[“”\"《》|]|^中华人民共和国(?=.{3})")

_VILLAGE = r"(?:街道|镇|乡|苏木|地区|街)"
_TOWN = re.compile(
    rf"(?:人民政府)?([一-鿿]{{1,12}}?{_VILLAGE})(?=(?:人民)?政府|办事处|办公室|党工委|党政|办?$)"
)
_ZONE_KINDS = "开发区|新区|高新区|经开区|园区|产业园|示范区|度假区|管理区|旅游区|风景区|景区|试验区|保税区|保税港区|试验场|合作区|科技城|生态城"
_ZONE = re.compile(rf"([一-鿿]{{2,18}}?(?:{_ZONE_KINDS}))(?=管理委员会|管委会|办公室|党工委|$)")
_OFFICE = re.compile(
    r"(?:人民)?(?:政府|办事处|管理委员会|管委会)?(?:党政(?:综合)?)?(?:办公厅|办公室|办)"
)
_NOT_MANAGED = re.compile(r"^(?:市|县|区|省|州|旗)(?=.{2})")
_ORGAN_END = re.compile(
    r"(?:局|厅|委|委员会|办|办公室|办公厅|部|署|院|馆|所|站|队|中心|关|处|会|社|台|校|大学|学院|医院"
    r"|公司|集团|银行|支行|公园|基地|园|联合会|法院|总队|支队|大队)$"
)
_NATIONAL_LEAD = re.compile(
    r"^(?:国家税务总局|国家统计局|国家外汇管理局|国家矿山安全监察局|国家能源局|国家粮食和物资储备局"
    r"|国家金融监督管理总局|中国证券监督管理委员会|中国证监会|中国银行保险监督管理委员会|中国银保监会"
    r"|中国人民银行|中国民用航空|中国民航|民航|审计署驻?|水利部|自然资源部|生态环境部|财政部驻?|海关总署|交通运输部|应急管理部)"
)
_COMPILED = re.compile(
    r"由([一-鿿（）]{3,30}?)(?:根据|综合|汇总|按照|编制|依据|负责|编写|依照)"
    r"|([一-鿿]{4,20}?)编制的?(?:本报告|(?:19|20)[0-9]{2})"
    r"|(?:公布|发布|公开|现将|编制|根据)(?:本)?([一-鿿]{2,20}(?:镇|乡|街道|局|厅|委|办|委员会|政府|管委会|园|中心"
    r"|大学|学院|学校|医院|公司|集团))(?:(?:19|20)[0-9]{2}[年-]|政府信息公开|信息公开)"
    r"|(?:公布|发布|现将|编制)(?:19|20)[0-9]{2}年度?([一-鿿]{2,16}?)(?:政府信息公开|政务公开|信息公开)"
)
_CONTACT = re.compile(r"(?:[与向]|联系|咨询|地址：)([一-鿿]{3,30}?)(?:联系|（|，|。|咨询)")
# Last: who acts in the text, and whose site is named.
_ACTS = re.compile(
    r"(?:(?:19|20)[0-9]{2}年，?|工作要求，|[。：])([一-鿿]{2,18}?(?:人民政府|部|局|厅|委|委员会|镇|乡|街道|开发区|园))"
    r"(?:主动公开|认真|及时|积极|高度重视|进一步|坚持|共公开|严格|按照)"
)
_SITE = re.compile(r"[和与在是过、，。“]([一-鿿]{4,16}?)(?:政府)?(?:门户)?网站")
_HEADER_KEYS = (
    "发布机构",
    "发文机关",
    "发文机构",
    "发布单位",
    "发文单位",
    "公开机构",
    "责任部门",
    "contentsource",
    "来源",
    "信息来源",
    "文章来源",
    "作者",
    "sitename",
    "site",
)
_HINTS = 4_000
# Before 和县 or 成县, which end other words too: 条例精神和县政府的规定, 完成县政府的任务.
_BEGINS_NAME = re.compile("[^一-鿿]|[省市州盟]")
# A town may be placed where one county is named this many times as often as any other.
_CLEARLY = 2


class PublisherFinder:
    """What a page says of whose it is, and how a name on it is understood.

    `text`: the report's, folded, without white space.
    """

    def __init__(
        self, text: str, metadata: dict[str, str], crumbs: list[str], year: int, flags: list[Flag]
    ) -> None:
        self._text = text
        self._metadata = metadata
        self._crumbs = crumbs
        self._year = year
        self._flags = flags
        self._hints = text[:_HINTS] + text[_HINTS:][-400:] + " ".join([*metadata.values(), *crumbs])

    def find(self, title: str, signatures: list[str]) -> Body | None:
        """The publisher, or None where nothing names one."""
        unplaced: Body | None = None
        for name in self._sources(title, signatures):
            found = self.named(name)
            if found is None:
                continue
            if unplaced is None:
                if found.region is not None:
                    return found
                unplaced = found
            elif found.region is not None:
                if found.name.endswith(unplaced.name):
                    return found
                fitting = self._beside(unplaced, found.region.code)
                if fitting is not None:
                    return fitting
        return self._placed(unplaced) if unplaced is not None else None

    def _sources(self, title: str, signatures: list[str]) -> Iterator[str]:
        yield subject_of(title)
        for said in _COMPILED.finditer(self._text[:1_500]):
            yield _without_topic(next(group for group in said.groups() if group))
        yield from signatures
        for key in _HEADER_KEYS:
            yield self._metadata.get(key, "")
        for said in _CONTACT.finditer(self._text[:1_500]):
            yield _without_topic(said[1])
        yield from self._crumbs
        for said in _ACTS.finditer(self._text[:_HINTS]):
            yield said[1]
        for said in _SITE.finditer(self._text[:_HINTS]):
            yield said[1]

    def _beside(self, unplaced: Body, code: str) -> Body | None:
        """州政府办公室 beside a body of 阿坝州: that prefecture's office."""
        tier = _NOT_MANAGED.match(unplaced.name)
        region = region_by_code(code, self._year)
        if tier is None or region is None or not region.name.endswith(tier[0]):
            return None
        return self._in_region(region, unplaced.name[1:], unplaced.name)

    # --- one name ---------------------------------------------------------------------------------

    def named(self, name: str) -> Body | None:
        """The body of that name, with or without its region; None for what is no body's name."""
        name = _TAIL.sub("", _BRACKETS.sub("", name.split("、")[0]))
        if len(name) < 2:
            return None
        national = national_bodies().get(name)
        if national is not None:
            return body(NATION, national)
        managed = _NATIONAL_LEAD.match(name)
        if managed:
            region, _ = self._regions(name[managed.end() :])
            return body(region.code if region else NATION, name)
        region, rest = self._regions(name)
        return self._without_region(name) if region is None else self._in_region(region, rest, name)

    def _in_region(self, region: Region, rest: str, name: str) -> Body:
        government = government_of(region)
        rest = re.sub(r"^(?:人民政府|政府)(?=.{3})(?!办公|信息)", "", rest)
        if rest in (
            "",
            "人民政府",
            "政府",
            "管理委员会",
            "管委会",
            "办事处",
            "街道办事处",
            "党工委",
        ):
            return body_of(government)
        if _OFFICE.fullmatch(rest):
            if region.level is Level.TOWN:
                return body_of(government)
            return body(region.code, f"{government.name}{'办公厅' if '厅' in rest else '办公室'}")
        if rest.endswith("海关"):
            return body(region.code, name)  # customs districts bear a city's short name
        if not _ORGAN_END.search(rest):
            return body_of(government)
        return body(region.code, f"{region.name}{departments().get(rest, rest)}")

    def _without_region(self, name: str) -> Body | None:
        """A body whose region is not part of its name."""
        if re.fullmatch(r"[一-鿿]{2,14}(?:部|总署|总局)|(?:国家|国务院)[一-鿿]{2,14}", name):
            return body(NATION, name)
        town, zone = _TOWN.match(name), _ZONE.match(name)
        if town and not name.startswith(("本", "我", "全", "各", "乡镇", "村镇")):
            suffix = "办事处" if town[1].endswith(("街道", "地区", "街")) else "人民政府"
            return Body(body(None, "").id, f"{town[1]}{suffix}", Level.TOWN, None)
        if zone:
            return self._named_zone(zone[1], name[zone.end() :])
        places = regions_named(name, self._year, short=False)
        if places:
            return body(None, government_of(places[0]).name)
        if _ORGAN_END.search(name) and len(name) > 2 and not re.match(r"[我本各该]", name):
            return body(None, name)
        return None

    def _named_zone(self, zone: str, rest: str) -> Body:
        """A zone known by the city whose name it begins with: 温州空港新区."""
        for length in range(min(len(zone) - 2, 8), 1, -1):
            above = self._choose(regions_named(zone[:length], self._year))
            if above is not None:
                region = region_by_code(zone_code(above.code, zone))
                if region is not None:
                    committee = government_of(region)
                    is_office = _OFFICE.fullmatch(re.sub("^管理委员会|^管委会", "", rest))
                    return body(region.code, committee.name + ("办公室" if is_office else ""))
        return body(None, f"{zone}管理委员会")

    # --- regions ----------------------------------------------------------------------------------

    def _regions(self, name: str) -> tuple[Region | None, str]:
        """The innermost region a name begins with, and what follows it."""
        region: Region | None = None
        rest = name
        while True:
            step = self._next_region(rest, region)
            if step is None:
                return region, rest
            region, rest = step

    def _next_region(self, rest: str, above: Region | None) -> tuple[Region, str] | None:
        for length in range(min(len(rest), 14), 1, -1):
            remainder = rest[length:]
            candidates = regions_named(
                rest[:length], self._year, short=self._may_be_short(remainder)
            )
            if above is not None:
                candidates = [
                    item
                    for item in candidates
                    if item.code != above.code and is_within(item.code, above.code)
                ]
            chosen = self._choose(candidates)
            if chosen is not None:
                return chosen, remainder
        return None if above is None else self._small_region(rest, above)

    def _small_region(self, rest: str, above: Region) -> tuple[Region, str] | None:
        """A town or zone under a region that is named before it."""
        town, zone = _TOWN.match(rest), _ZONE.match(rest)
        found = town or zone
        if found is None:
            return None
        name = found[1]
        if town is None:
            above = self._place_in_name(name, above)
        if town is None and not name.startswith(above.short):
            name = f"{above.short}{name}"
        region = region_by_code(zone_code(above.code, name))
        return None if region is None else (region, rest[found.end() :])

    def _place_in_name(self, zone: str, above: Region) -> Region:
        """The innermost division whose short name a zone's begins with: 东阳 of 东阳经济开发区."""
        for length in range(min(len(zone) - 2, 8), 1, -1):
            inner = [
                r for r in regions_named(zone[:length], self._year) if is_within(r.code, above.code)
            ]
            chosen = self._choose(inner)
            if chosen is not None:
                return chosen
        return above

    def _may_be_short(self, remainder: str) -> bool:
        """宿迁 stands for 宿迁市 only where what follows is no part of a longer name."""
        return (
            remainder == ""
            or remainder[0] in "市省县区"
            or remainder.startswith(
                ("海关", "政府", "人民政府", "海事局", "证监局", "银监局", "出入境")
            )
            or any(regions_named(remainder[:n], self._year, short=False) for n in range(2, 7))
        )

    def _choose(self, candidates: list[Region]) -> Region | None:
        """The one of several regions of a name that the rest of the page points to."""
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        highest = max((item.level for item in candidates), key=_rank)
        upper = [item for item in candidates if item.level is highest]
        if len(upper) == 1:
            return upper[0]
        scored = [(self._points_to(item), item) for item in candidates]
        best = max(score for score, _ in scored)
        winners = [item for score, item in scored if score == best]
        return winners[0] if best > 0 and len(winners) == 1 else None

    def _points_to(self, region: Region) -> int:
        """How often the divisions above it are named on the page, by their full names first."""
        above = [item for item in ancestors(region.code, self._year) if item.code != NATION]
        return sum(
            3 * self._hints.count(item.name) + self._hints.count(item.short) for item in above
        )

    # --- a body without a region ------------------------------------------------------------------

    def _placed(self, unplaced: Body) -> Body:
        """With the region that the page around it names most, or without one and a warning."""
        tier = _NOT_MANAGED.match(unplaced.name)
        same_name = regions_named(
            _TAIL_OF_GOVERNMENT.sub("", unplaced.name), self._year, short=False
        )
        if len(same_name) > 1:
            self._flag(unplaced.name, f"a region of that name exists {len(same_name)} times")
            return body(None, unplaced.name)
        region = self._stated_region(tier[0] if tier else None, unplaced.level is Level.TOWN)
        if region is None:
            self._flag(unplaced.name, "no county or city around it is named clearly enough")
            return Body(body(None, unplaced.name).id, unplaced.name, unplaced.level, None)
        if unplaced.level is Level.TOWN:
            place = re.sub(r"(?:人民政府|办事处)$", "", unplaced.name)
            town = region_by_code(zone_code(region.code, place))
            if town is not None:
                return body_of(government_of(town))
        if tier:
            return self._in_region(region, unplaced.name[1:], unplaced.name)
        return body(region.code, unplaced.name)

    def _flag(self, name: str, reason: str) -> None:
        self._flags.append(
            Flag("AMBIGUOUS_REGION", f"the region of {name} cannot be decided: {reason}")
        )

    def _stated_region(self, tier: str | None, is_town: bool) -> Region | None:
        """The county (for a town) or the division of that kind which the page names most often."""
        names, automaton = _names_of_regions()
        counted: dict[str, int] = {}
        for index, start, _ in automaton.find_matches_as_indexes(self._hints):
            if len(names[index]) > 2 or _BEGINS_NAME.match(self._hints, max(start - 1, 0)):
                counted[names[index]] = counted.get(names[index], 0) + 1
        scores: dict[Region, int] = {}
        for name, count in counted.items():
            region = self._choose(regions_named(name, self._year, short=False))
            if region is not None and self._may_hold(region, tier, is_town):
                scores[region] = scores.get(region, 0) + count
        if not scores:
            return None
        (best, most), *others = sorted(scores.items(), key=lambda item: (-item[1], item[0].code))
        return best if all(most >= _CLEARLY * count for _, count in others) else None

    def _may_hold(self, region: Region, tier: str | None, is_town: bool) -> bool:
        if is_town:
            return region.level is Level.COUNTY
        return tier is not None and region.name.endswith(tier)


_TAIL_OF_GOVERNMENT = re.compile(r"人民政府$")


def _without_topic(name: str) -> str:
    """The working group for disclosure, and the office of it, are the body's own."""
    return _TAIL.sub("", _TOPIC.sub("", name)) or name


def subject_of(title: str) -> str:
    """What a title names before or after its year and before its topic: the body."""
    name = _LEAD.sub("", _MARK.sub("", _ADVERT.sub("", title)))
    return _TAIL.sub("", _TOPIC.sub("", name))


def _rank(level: Level) -> int:
    return [Level.TOWN, Level.COUNTY, Level.PREFECTURE, Level.PROVINCE, Level.NATIONAL].index(level)


@cache
def _names_of_regions() -> tuple[list[str], AhoCorasick]:
    names = sorted({region.name for region in all_regions() if region.code != NATION})
    return names, AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)
