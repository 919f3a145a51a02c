"""Who is named: bodies in full, by short form, by address (我局) and by jurisdiction (全市).

A short form is read against the publisher: 市教委 in a report of 重庆市 is 重庆市教育委员会, 省政府 in
one of 宿迁市 is 江苏省人民政府. A county named alone stands for its government. Groups that are no one
body (市级部门, 各区县) stand for the jurisdiction. What cannot be decided stays unlinked.
"""

import re
from functools import cache, lru_cache

from gongkai.graph import identity
from gongkai.graph.dictionary.agencies import (
    BodyName,
    departments,
    general_office,
    government_of,
    national_bodies,
    new_areas,
    party_organs,
)
from gongkai.graph.dictionary.regions import (
    NATION,
    Region,
    ancestors,
    descendants,
    prefecture_shorts,
    region_by_code,
    zone_code,
)
from gongkai.graph.extract import Level, RegionRef, Scope

from .alternation import alternation, beginning_with
from .reading import AgencyMention, Body, Reading

_SELF = (
    "我局|我委|我办|我厅|我部|我署|我关|我中心|我会|我单位|我机关|我街道|我院|我馆"
    "|本机关|本单位|本局|本委|本厅|本办|本街道|本中心"
)
_OURS = "我市|本市|我省|本省|我区|本区|我县|本县|我镇|本镇|我乡|本乡|我州|本州|园区"
_OUR_TOWN = frozenset(("我镇", "本镇", "我乡", "本乡"))  # nothing is under it but villages
_ALL = "全市|全省|全区|全县|全镇|全乡|全州|全盟|全旗|全街道|全系统"
_TIERS = {
    "省": Level.PROVINCE,
    "自治区": Level.PROVINCE,
    "市": Level.PREFECTURE,
    "州": Level.PREFECTURE,
    "县": Level.COUNTY,
    "区": Level.COUNTY,
    "旗": Level.COUNTY,
    "镇": Level.TOWN,
    "乡": Level.TOWN,
}
# 政府信息, 政府网站 and the like are no body.
_NOT_AFTER = "(?!信息|网站|网|公报|采购|性|门户|公开|购买|投资|工作报告|开放日|部门(?!户网)|门(?!户)|职能|规章|令)"
_ORGAN = (
    "(?:人民)?政府新闻办(?:公室)?|人民政府办公厅|人民政府办公室|政府办公厅|政府办公室|政府办|府办"
    f"|人民政府{_NOT_AFTER}|政府{_NOT_AFTER}"
    "|委员会办公厅|委办公厅|委办公室|委办(?!法)|管理委员会|管委会"
)
# 市委 and 县委 alone are named beside their government.
_COMMITTEE = "委(?=[、，和及与]?(?:[省市县区]?人民|[省市县区])?政府|的(?:正确)?领导)"
_ZONE_KINDS = "开发区|新区|高新区|经开区|工业园区|示范区|度假区|风景区|保税区|保税港区|试验区"
# Characters that a zone's name has between its place and its kind: 各类开发区 describes, and names none.
_ZONE_NAME = "[^府各类个全和及与的等在对从向为会委局推建厅办支、，。；：（）“”《》\\s0-9]"
_COMMITTEE_OF_ZONE = "(?:管理委员会|管委会|)"


def body(region_code: str | None, name: str) -> Body:
    """The body of that canonical name."""
    region = region_by_code(region_code) if region_code else None
    ref = RegionRef(region.code, region.name) if region is not None else None
    level = region.level if region is not None else None
    return Body(identity.agency_id(region_code, name), name, level, ref)


def body_of(name: BodyName) -> Body:
    return body(name.region_code, name.name)


@cache
def _department_pattern() -> str:
    return alternation(departments())


@cache
def _party_pattern() -> str:
    return alternation(party_organs())


@cache
def _national_pattern() -> str:
    names = alternation(form for form in national_bodies() if len(form) > 2)
    return f"{names}(?:(?<=[部署局会])办公厅)?{_NOT_AFTER}"


_STEM = re.compile(r"^(.{2,}?)(?:人民政府|办事处|管理委员会)$")


class Surroundings:
    """The regions a report may mean by a short name, and the patterns that find bodies there."""

    def __init__(self, code: str | None, year: int, own: str | None) -> None:
        self.region = region_by_code(code, year) if code else None
        self.above = list(ancestors(code, year)) if code else []
        self.year = year
        self.places = self._places()
        self.own = [own, *_STEM.findall(own)] if own else []
        names = alternation(self.places)
        organ = (
            f"{_ORGAN}|(?:{_department_pattern()})(?:[一-鿿]{{2,6}}分局)?"
            f"|委(?:{_party_pattern()})|{_COMMITTEE}"
        )
        town = "(?![各该本所])[一-鿿]{1,6}?(?:街道|[镇乡])"
        self.pattern = re.compile(
            f"{self._beginning()}(?:(?P<national>{_national_pattern()})"
            f"|(?P<area>{alternation(new_areas())}){_COMMITTEE_OF_ZONE}"
            f"|(?P<zone>{self._zone_pattern()}){_COMMITTEE_OF_ZONE}"
            f"|(?P<own>{alternation(self.own)})"
            f"|(?:中共)?(?P<place>{names})(?:(?P<town>{town})(?:人民政府|办事处)|(?P<organ>{organ}|))"
            f"|(?P<tier>自治区|[省市县区州镇乡旗])"
            f"(?:(?P<short>{organ})|(?<!州)(?P<near>{_ZONE_NAME}{{2,8}}?(?:{_ZONE_KINDS})){_COMMITTEE_OF_ZONE})"
            f"|(?P<self>{_SELF})|(?P<ours>{_OURS})|(?P<all>{_ALL}))"
        )

    def _beginning(self) -> str:
        shorts = [item.short for item in self.chain]
        named = (*national_bodies(), *new_areas(), *prefecture_shorts(), *self.places, *self.own)
        addressed = f"{_SELF}|{_OURS}|{_ALL}|中共".split("|")
        return beginning_with((*named, *shorts, *_TIERS, *addressed))

    @property
    def chain(self) -> list[Region]:
        """The publisher's region and those above it."""
        return [self.region, *self.above] if self.region else []

    def _zone_pattern(self) -> str:
        """A zone bears the short name of its place: 宿迁经济技术开发区, 苏州宿迁工业园区."""
        shorts = [item.short for item in self.chain if item.code != NATION and len(item.short) > 1]
        founder = f"{alternation(prefecture_shorts())}市?"
        return f"(?:{founder})?{alternation(shorts)}{_ZONE_NAME}{{0,10}}?(?:{_ZONE_KINDS})"

    def _places(self) -> dict[str, Region]:
        """Names, full and short where that is safe, of the regions around."""
        found: dict[str, Region] = {}
        if self.region is None:
            return found
        around = [self.region, *self.above]
        if self.region.level in (Level.PREFECTURE, Level.PROVINCE):
            around += descendants(self.region.code, self.year)
        for region in around:
            if region.code != NATION:
                found.setdefault(region.name, region)
                found.setdefault(region.usual, region)
        if self.above and self.above[0].code != NATION:
            found.setdefault(f"{self.above[0].name}{self.region.name}", self.region)
        return found

    def tier(self, name: str) -> Region | None:
        """The region that 市 or 省 means here: the publisher's own, or the nearest above."""
        level = _TIERS[name]
        for region in [self.region, *self.above]:
            if region is None:
                continue
            if region.level is level or (name in "市区" and region.name.endswith(name)):
                return region
        return None


@lru_cache(maxsize=64)
def _surroundings(code: str | None, year: int, own: str | None) -> Surroundings:
    return Surroundings(code, year, own)


def surroundings(reading: Reading) -> Surroundings:
    """`own`: the publisher's name, where no region leads to it."""
    publisher = reading.publisher
    if publisher.region is None:
        return _surroundings(None, reading.year, publisher.name)
    return _surroundings(publisher.region.code, reading.year, None)


def find_agencies(reading: Reading) -> list[AgencyMention]:
    """Every body named in the prose, in order."""
    around = surroundings(reading)
    text = reading.prose.text
    found: list[AgencyMention] = []
    for match in around.pattern.finditer(text):
        named = _body_of_match(match, around, reading)
        if named is not None:
            who, scope = named
            if _WITH_DEPARTMENTS.match(text, match.end()) and who.name.endswith("政府"):
                scope = Scope.JURISDICTION
            found.append(AgencyMention(who, match.start(), match.end(), scope))
    return found


def _body_of_match(
    match: re.Match[str], around: Surroundings, reading: Reading
) -> tuple[Body, Scope] | None:
    parts = match.groupdict()
    if parts["national"]:
        return _national(parts["national"]), Scope.AGENCY
    if parts["own"]:
        return reading.publisher, Scope.AGENCY
    if parts["area"]:
        return _zone(region_by_code(new_areas()[parts["area"]]), parts["area"])
    if parts["zone"]:
        return _zone(around.region, parts["zone"])
    if parts["near"]:
        return _zone(around.tier(parts["tier"]), parts["near"])
    if parts["place"]:
        region = around.places[parts["place"]]
        if parts["town"]:
            town = region_by_code(zone_code(region.code, parts["town"]))
            if town is not None:
                return body_of(government_of(town)), Scope.AGENCY
        if not parts["organ"]:
            return _bare_place(match, region)
        return _organ(region, parts["organ"]), Scope.AGENCY
    if parts["tier"]:
        owner = around.tier(parts["tier"])
        return None if owner is None else (_organ(owner, parts["short"]), Scope.AGENCY)
    if parts["self"]:
        return reading.publisher, Scope.AGENCY
    governs = reading.publisher.name.endswith(("行政公署", "管理委员会"))
    if parts["all"] and (governs or parts["all"] == "全系统"):
        return reading.publisher, Scope.JURISDICTION
    if around.region is None or parts["ours"] in _OUR_TOWN:
        return reading.publisher, Scope.AGENCY if parts["ours"] else Scope.JURISDICTION
    government = body_of(government_of(around.region))
    return government, Scope.JURISDICTION


def _national(printed: str) -> Body:
    known = national_bodies().get(printed)
    if known is not None:
        return body(NATION, known)
    return body(NATION, f"{national_bodies()[printed.removesuffix('办公厅')]}办公厅")


def _zone(above: Region | None, name: str) -> tuple[Body, Scope] | None:
    """The committee of a zone in that region, or in one above it whose name the zone's bears."""
    if above is None:
        return None
    while above.parent is not None and not name.startswith(above.short):
        higher = region_by_code(above.parent)
        if higher is None or higher.code == NATION or higher.short not in name:
            break
        above = higher
    name = name if above.short in name or name in new_areas() else f"{above.short}{name}"
    region = region_by_code(zone_code(above.code, name))
    return None if region is None else (body_of(government_of(region)), Scope.AGENCY)


# 市政府及其部门 speaks of all that is under the government.
_WITH_DEPARTMENTS = re.compile(
    "(?:及其?|和|与|、)(?:所属|下属|各级?|直属|组成|工作|职能|有关|[省市县区]直?级?){0,3}(?:部门|单位|机构|委办局)"
)
# A place that goes on like this is part of another name.
_NAME_GOES_ON = re.compile(r"[路街村人大道新闻日报之各年的]|政府信息|政务微|门户")


def _bare_place(match: re.Match[str], region: Region) -> tuple[Body, Scope] | None:
    following = match.string[match.end() : match.end() + 4]
    if _NAME_GOES_ON.match(following):
        return None
    return body_of(government_of(region)), Scope.AGENCY


def _organ(region: Region, printed: str) -> Body:
    government = government_of(region)
    if printed in ("人民政府", "政府", "管理委员会", "管委会"):
        return body_of(government)
    if printed == "委":
        return body(region.code, f"中共{region.name}委员会")
    office = re.fullmatch(r"(?:人民)?(?:政府|府)(新闻)?办(公厅|公室)?", printed)
    if office:
        if office[1]:
            return body(region.code, f"{government.name}新闻办公室")
        if office[2]:
            return body(region.code, f"{government.name}办{office[2]}")
        return body(region.code, general_office(region))
    if printed.startswith(("委员会办公", "委办")):
        kind = "办公厅" if "厅" in printed else "办公室"
        return body(region.code, f"中共{region.name}委{kind}")
    if printed[0] == "委" and printed[1:] in party_organs():
        return body(region.code, f"中共{region.name}委{party_organs()[printed[1:]]}")
    department = re.match(_department_pattern(), printed)
    form = department[0] if department else ""
    full = f"{departments().get(form, form)}{printed[len(form) :]}"
    return body(region.code, f"{region.name}{full}")


def bodies_in(text: str, reading: Reading) -> list[Body]:
    """The bodies that a name, a title or a phrase begins with or lists, in order, each once."""
    around = surroundings(reading)
    found: dict[str, Body] = {}
    for match in around.pattern.finditer(text):
        named = _body_of_match(match, around, reading)
        if named is not None:
            found.setdefault(named[0].id, named[0])
    return list(found.values())


def organ_at_start(title: str, reading: Reading) -> Body | None:
    """The body with whose full name a title begins; a place alone is none."""
    around = surroundings(reading)
    match = around.pattern.match(title)
    if match is None or not (match["national"] or match["organ"] or match["own"]):
        return None
    named = _body_of_match(match, around, reading)
    return named[0] if named else None


def resolve(name: str, reading: Reading) -> Body | None:
    """The one body a name means, where the whole of it is a name; else None."""
    match = surroundings(reading).pattern.fullmatch(name)
    named = _body_of_match(match, surroundings(reading), reading) if match else None
    return named[0] if named else None
