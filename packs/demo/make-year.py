#!/usr/bin/env python3
"""Writes year.yaml: a year of work in the invented county. Run it again after changing the list below."""
import datetime as d
import random
import re

random.seed(2026)

# lead unit: head, handler
PEOPLE = {
    "housing": ("luchengjian", "hezhiyuan"), "education": ("duxiaolan", "meizhengqi"),
    "transport": ("luolushan", "lubaichuan"), "water": ("weiheqing", "tushuiming"),
    "agriculture": ("tiansuihe", "heyuanye"), "ecology": ("bianqingzhi", "bihaiqing"),
    "health": ("anyuhe", "anruochen"), "civil-affairs": ("wanruyin", "wenmuxin"),
    "industry": ("qiumingyuan", "shigongyu"), "emergency": ("leianlan", "pingjing"),
    "commerce": ("zhuyueqing", "shangluoyi"), "culture-tourism": ("yelanting", "youmanting"),
    "urban-management": ("gepingqiao", "minyue"), "natural-resources": ("xueshilin", "cenlinyuan"),
    "human-resources": ("nieyunqi", "jixiaowen"), "development-reform": ("tanshuyao", "jiangchuhe"),
    "finance": ("shizhongheng", "chenwang"), "park": ("dongchengmo", "chaixinyue"),
    "forestry": ("muqingsong", "fanglinmu"), "approval": ("jianxingyun", "jianpice"),
    "investment": ("yingkefan", "zhaoshanggu"), "liuwan": ("liudiyun", "fangqing"),
    "chengguan": ("xiachengyuan", "chengmenyi"), "beiwei": ("weiyutian", "beidiheng"),
    "tongxi": ("tongxihe", "zhengtongbai"),
}
OFFICE = ["zhouqiming", "wuxiaotang"]

# type, title, lead, joint, due, story
TASKS = [
    ("target-task", "改造老旧小区31个、惠及居民5800户", "housing", ["finance", "chengguan", "liuwan"], "2026-11-30", "behind"),
    ("target-task", "新建和改造农村公路86公里", "transport", ["finance", "natural-resources"], "2026-12-20", "course"),
    ("target-task", "建成城北幼儿园并投入使用", "education", ["housing"], "2026-08-31", "early"),
    ("target-task", "完成岚江防汛道路柳湾段3.2公里", "water", ["liuwan"], "2026-10-31", "bounced"),
    ("target-task", "新增高标准农田2.3万亩", "agriculture", ["finance", "water"], "2026-12-31", "course"),
    ("target-task", "县城污水管网新建改造28公里", "housing", ["ecology", "water"], "2026-12-15", "silent"),
    ("target-task", "规模以上工业企业净增18家", "industry", ["park", "development-reform"], "2026-12-31", "course"),
    ("target-task", "引进亿元以上项目26个", "investment", ["park", "commerce"], "2026-12-31", "behind"),
    ("target-task", "城镇新增就业4600人", "human-resources", ["industry"], "2026-12-31", "course"),
    ("target-task", "改造提升乡镇卫生院5所", "health", ["finance"], "2026-10-15", "late"),
    ("target-task", "新增养老床位320张", "civil-affairs", ["housing"], "2026-11-15", "extended"),
    ("target-task", "建成停车泊位1200个", "urban-management", ["housing", "natural-resources"], "2026-09-30", "late"),
    ("target-task", "整治农村黑臭水体9处", "ecology", ["beiwei", "tongxi"], "2026-10-20", "bounced"),
    ("target-task", "盘活存量建设用地620亩", "natural-resources", ["park"], "2026-12-31", "course"),
    ("target-task", "打造桐溪古镇3A级景区", "culture-tourism", ["tongxi"], "2026-11-20", "hopeless"),
    ("target-task", "社会消费品零售总额增长6.5%", "commerce", ["culture-tourism"], "2026-12-31", "course"),
    ("target-task", "新增国家级专精特新企业2家", "industry", [], "2026-12-31", "behind"),
    ("target-task", "完成国土绿化1.1万亩", "forestry", ["agriculture"], "2026-06-30", "early"),
    ("target-task", "政务服务事项“一件事”上线26项", "approval", ["human-resources"], "2026-10-31", "closed"),
    ("target-task", "争取上级资金12亿元", "finance", ["development-reform"], "2026-12-31", "course"),
    ("target-task", "开发区标准厂房建成9万平方米", "park", ["housing"], "2026-11-30", "suspended"),
    ("target-task", "建设乡村振兴示范村12个", "agriculture", ["liuwan", "beiwei"], "2026-12-10", "course"),
    ("target-task", "农村生活垃圾分类覆盖率达到85%", "urban-management", ["beiwei"], "2026-12-20", "given"),
    ("target-task", "建成县级应急物资储备库", "emergency", ["finance"], "2026-11-28", "reviewing"),
    ("target-task", "北圩镇排涝泵站更新改造", "beiwei", ["water"], "2026-09-15", "merged"),
    ("target-task", "完成圩区排涝泵站更新改造6座", "water", ["beiwei"], "2026-12-15", "course"),
    ("target-task", "举办青岚县第九届枇杷文化节", "culture-tourism", ["agriculture"], "2026-06-10", "closed"),
    ("target-task", "建立重大项目领导包保机制", "development-reform", [], "2026-03-31", "closed"),
    ("livelihood", "实施县城二水厂提标改造", "water", ["finance"], "2026-11-25", "working"),
    ("livelihood", "新建乡镇公办幼儿园3所", "education", ["chengguan"], "2026-08-31", "rated"),
    ("livelihood", "适老化改造困难老人家庭260户", "civil-affairs", [], "2026-10-31", "rated"),
    ("livelihood", "新增公共充电桩300个", "development-reform", ["urban-management"], "2026-12-20", "working"),
    ("livelihood", "农村饮水管网延伸45公里", "water", ["tongxi"], "2026-12-10", "behind"),
    ("livelihood", "县人民医院发热门诊改造", "health", [], "2026-09-30", "rated"),
    ("rectification", "北圩镇2处养殖尾水直排入河", "beiwei", ["ecology"], "2026-09-30", "closed"),
    ("rectification", "县城扬尘管控不到位，3个工地未落实围挡", "housing", ["urban-management"], "2026-07-31", "recurred"),
    ("rectification", "开发区雨污混接点12处未整改", "park", ["ecology"], "2026-12-15", "working"),
    ("rectification", "高标准农田项目资金拨付滞后", "agriculture", ["finance"], "2026-10-31", "bounced"),
    ("rectification", "2个乡镇惠农补贴公示不规范", "finance", ["tongxi"], "2026-06-30", "closed"),
    ("rectification", "森林防火通道维护不到位", "forestry", [], "2026-11-30", "planned"),
    ("rectification", "应急预案多年未修订", "emergency", [], "2026-11-10", "overdue"),
    ("instruction", "研究解决城东小区雨季积水问题", "urban-management", ["housing"], "2026-07-15", "closed"),
    ("instruction", "提出进一步压缩施工许可时限的办法", "approval", ["housing"], "2026-11-24", "working"),
    ("instruction", "核查柳湾镇群众反映的断头路问题", "transport", ["liuwan"], "2026-11-18", "working"),
    ("instruction", "牵头做好迎接省农业农村工作检查准备", "agriculture", [], "2026-09-20", "closed"),
    ("inspection", "民生资金拨付使用情况督查", "finance", [], "2026-10-31", "objected"),
    ("inspection", "秋冬季大气污染防治措施落实督查", "ecology", [], "2026-12-10", "rectifying"),
    ("to-do", "报送三季度重点项目进展一页纸", "development-reform", [], "2026-10-12", "done"),
    ("to-do", "核对养老机构床位数", "civil-affairs", [], "2026-11-27", "open"),
    ("to-do", "提供春波里小区改造前后照片", "liuwan", [], "2026-11-23", "open"),
]

SERIES = "重点工作月调度会"
SEPTEMBER = "2026年9月重点工作调度会"
OCTOBER = "2026年10月重点工作调度会"
NOVEMBER = "2026年11月重点工作调度会"
ATTEND = "housing,transport,water,urban-management,agriculture,ecology,civil-affairs,culture-tourism,park,beiwei,finance"
# title, called on, day, held
MEETINGS = [(SEPTEMBER, "2026-09-11", "2026-09-16", True), (OCTOBER, "2026-10-16", "2026-10-21", True),
            (NOVEMBER, "2026-11-18", "2026-11-25", False)]

# meeting, about what, what was said, decision, lead, joint, due, story
DECIDED = [
    (SEPTEMBER, "县城污水管网新建改造28公里", "县住建局：沿河段交叉管线多，施工图改了两次。会议认为工期不能再顺延，要倒排到周。", "污水管网施工倒排到周，逐周报进度", "housing", ["water"], "2026-10-15", "stalled"),
    (SEPTEMBER, "建成停车泊位1200个", "县城管局：剩余两处地块征迁没有签完。会议要求自然资源部门一起上门。", "停车泊位剩余两处地块一个月内完成征迁", "urban-management", ["natural-resources"], "2026-10-19", "closed"),
    (SEPTEMBER, "汛后公路水毁", "汛后各乡镇报来水毁点，账不清、钱不清。", "排查汛期水毁农村公路，列出修复清单", "transport", ["finance"], "2026-10-10", "closed"),
    (OCTOBER, "新增养老床位320张", "县民政局：主体完工，消防和住建验收要分头跑。会议同意联合验收。", "养老床位消防、住建联合验收一次办结", "civil-affairs", ["housing"], "2026-11-30", "working"),
    (OCTOBER, "打造桐溪古镇3A级景区", "县文旅局：评定材料还缺两项。", "桐溪古镇评定材料限期补正", "culture-tourism", ["tongxi"], "2026-11-12", "stalled"),
    (OCTOBER, "污水管网施工倒排到周，逐周报进度", "已过期限，只报了一次。会议要求县住建局主要负责人到现场。", "污水管网沿河段现场办公，定人定段", "housing", ["ecology", "water"], "2026-11-06", "closed"),
]

# name, aim, lead, starts, ends, matters
CAMPAIGNS = [
    ("水和大气污染防治百日攻坚", "年底前污水直排口、雨污混接点、扬尘工地清零", "ecology", "2026-09-01", "2026-12-10",
     ["县城污水管网新建改造28公里", "整治农村黑臭水体9处", "北圩镇2处养殖尾水直排入河", "县城扬尘管控不到位，3个工地未落实围挡", "开发区雨污混接点12处未整改"]),
    ("“一老一小”服务提升行动", "幼儿园开学、养老床位年内投用，困难老人家庭应改尽改", "civil-affairs", "2026-04-01", "2026-12-20",
     ["建成城北幼儿园并投入使用", "新增养老床位320张", "新建乡镇公办幼儿园3所", "适老化改造困难老人家庭260户"]),
]

NOTE = ["正在按计划推进", "现场施工正常，材料已到位", "主体已完成，转入下一阶段", "手续已办结，进入实施", "已完成过半，正在抢抓进度"]
LATE = ["受连续降雨影响，进度慢于计划", "配套资金未到位，部分标段暂停", "征迁还剩几户未签"]


def day(text):
    return d.date.fromisoformat(text)


def at(date, hour):
    # Nobody works on a Sunday here.
    while date.weekday() == 6:
        date += d.timedelta(days=1)
    return f"{date}T{hour:02d}:{random.randint(0, 59):02d}"


def fields(**values):
    return "{" + ", ".join(f'{k}: "{v}"' for k, v in values.items() if v != "") + "}"


def amount(title):
    """The one amount that a title asks for, with its measure; none where it is a share or there are several."""
    found = re.findall(r"(\d+(?:\.\d+)?)(万亩|公里|个|所|家|人|户|张|座|处|亩)", title)
    return found[0] if len(found) == 1 and "%" not in title else None


class Matter:
    def __init__(self, kind, title, lead, joint, due, story):
        self.kind, self.title, self.lead, self.joint, self.due, self.story = kind, title, lead, joint, day(due), story
        self.head, self.hand = PEOPLE[lead]
        self.office, self.other = random.choice([(0, 1), (1, 0)])
        self.office, self.other = OFFICE[self.office], OFFICE[self.other]
        self.events = []
        self.meeting = ""

    def do(self, date, hour, by, move, **inputs):
        when = at(date, hour)
        last = self.events[-1][0] if self.events else self.on
        if when <= last:
            when = (d.datetime.fromisoformat(last) + d.timedelta(minutes=20)).isoformat(timespec="minutes")
        self.events.append((when, by, move, inputs))

    def agree(self, date):
        """The joint units countersign; the draws of all that follows stay as they were."""
        state = random.getstate()
        for unit in self.joint:
            self.do(date, 9, PEOPLE[unit][1], "countersign")
        random.setstate(state)

    def report(self, date, percent, note=None, confirm=True, file=True):
        inputs = {"note": note or random.choice(NOTE), "percent": percent}
        asked = amount(self.title) if self.kind == "target-task" else None
        if asked:
            digits = len(asked[0].partition(".")[2])
            inputs["value"] = f"{float(asked[0]) * percent / 100:.{digits}f}"
        if file:
            inputs["file"] = f"进展材料{date.month}月.txt"
        self.do(date, 16, self.hand, "report", **inputs)
        if confirm:
            self.do(date + d.timedelta(days=3), 10, self.office, "verify", finding="已看材料，属实")

    def monthly(self, first, last, start, end, confirm_last=True):
        months = max(1, round((last - first).days / 45))
        for i in range(1, months + 1):
            date = first + (last - first) * i / months
            self.report(date, round(start + (end - start) * i / months), confirm=confirm_last or i < months)


def begin(m):
    m.on = at(day("2026-02-09") + d.timedelta(days=random.randint(0, 6)), 9)
    return day(m.on[:10])


def written(m):
    span = d.timedelta
    kind, story, due = m.kind, m.story, m.due
    first = begin(m)
    if kind == "to-do":
        first = due - span(days=10)
        m.on = at(first, 9)
        if story == "done":
            m.do(due - span(days=2), 15, m.hand, "answer", note="已报送，见附件", file="一页纸.txt")
            m.do(due - span(days=1), 9, m.by(), "confirm", note="收到")
        return
    if kind == "instruction":
        if m.meeting:
            # Decided in the room, handed down there.
            first = m.decided
            m.on = f"{first}T10:{random.randint(10, 59)}"
            m.office, m.other = OFFICE
        else:
            first = due - span(days=18)
            m.on = at(first, 9)
            m.do(first, 11, m.office, "hand-down", lead=m.lead, due=str(due))
        m.do(first + span(days=1), 9, m.hand, "sign")
        if story == "stalled":
            m.report(first + span(days=12), 30, note=random.choice(LATE))
            return
        m.report(first + span(days=6), 50)
        if story == "closed":
            m.report(due - span(days=5), 100)
            m.do(due - span(days=2), 9, m.hand, "submit", result="已办理完毕，情况报告附后", file="情况报告.txt")
            m.do(due - span(days=2), 15, m.head, "approve")
            m.do(due - span(days=1), 10, m.other, "close", finding="已复核，情况属实，报批示领导")
        return
    if kind == "inspection":
        first = day("2026-08-03") if story == "objected" else day("2026-10-12")
        m.on = at(first, 9)
        m.do(first + span(days=1), 9, "guxingzhou", "approve", note="同意")
        m.do(first + span(days=3), 9, "zhouqiming", "plan", plan="抽查6个乡镇、12个项目，查账、看现场、问群众", scope="2026年1月以来")
        m.do(first + span(days=14), 16, "zhouqiming", "conclude", conclusion="拨付平均用时32天，超过规定；2个项目资料不全", due=str(due), file="督查结论.txt")
        if story == "objected":
            m.do(first + span(days=24), 10, m.head, "object", objection="其中1个项目的拨付时间计算有误")
            m.do(first + span(days=40), 15, "wuxiaotang", "amend", decision="异议部分成立，重新核算", conclusion="拨付平均用时29天，仍超过规定", due=str(due))
            m.do(due - span(days=8), 10, m.hand, "rectify", result="已修订拨付流程，平均用时压到15天", file="整改报告.txt")
            m.do(due - span(days=3), 10, "wuxiaotang", "close", finding="已核查，整改到位", outcome="criticism")
        else:
            m.do(first + span(days=20), 10, m.head, "accept", note="无异议")
        return
    if kind == "rectification":
        first = day("2026-03-16") + span(days=random.randint(0, 40)) if due < day("2026-10-01") else day("2026-06-15") + span(days=random.randint(0, 40))
        m.on = at(first, 9)
        m.do(first + span(days=5), 10, m.hand, "plan", measures="逐项列出清单，明确责任人和时限", aim="全部整改到位，建立长效机制")
        if story == "planned":
            return
        m.do(first + span(days=7), 10, m.office, "approve-plan")
        if story == "overdue":
            m.report(first + span(days=60), 40, note=random.choice(LATE))
            return
        if story == "working":
            m.monthly(first + span(days=7), day("2026-11-10"), 0, 70)
            return
        end = due - span(days=12)
        m.report(first + span(days=30), 60)
        m.agree(end - span(days=9))
        m.do(end - span(days=8), 15, m.hand, "submit", result="问题已整改", file="整改前后对比.txt")
        m.do(end - span(days=7), 9, m.head, "approve")
        if story == "bounced":
            m.do(end - span(days=4), 9, m.other, "bounce", reason="现场仍有1处未完成，补齐后再报")
            return
        m.do(end - span(days=4), 9, m.other, "strike-off", finding="现场查看，整改到位")
        if story == "recurred":
            m.do(end + span(days=70), 9, m.office, "recur", reason="回头看发现1个工地又拆了围挡", due="2026-12-10")
        return
    # 目标任务 and 民生实事
    if kind == "target-task":
        m.do(first, 11, m.office, "hand-down", lead=m.lead, joint=",".join(m.joint), due=str(due))
        if story == "given":
            return
    signed = first + span(days=1)
    m.do(signed, 10, m.hand, "sign")
    today = day("2026-11-16")
    if story == "merged":
        m.do(signed + span(days=40), 10, m.office, "merge", other="@完成圩区排涝泵站更新改造6座", reason="与全县泵站改造是同一件事")
        return
    if story == "silent":
        m.report(signed + span(days=60), 20)
        return
    if story == "suspended":
        m.monthly(signed, day("2026-06-20"), 0, 35)
        m.do(day("2026-07-06"), 9, m.office, "suspend", reason="用地指标调整，待上级批复")
        return
    if story == "hopeless":
        m.monthly(signed, day("2026-08-20"), 0, 45)
        m.do(day("2026-11-05"), 9, m.hand, "give-up", reason="评定细则调整，今年不再受理申报")
        return
    if story in ("course", "working"):
        days = (due - signed).days
        m.monthly(signed, min(today, due - span(days=5)), 0, min(98, round((min(today, due) - signed).days * 100 / days) + random.randint(-3, 4)))
        return
    if story == "behind":
        days = (due - signed).days
        should = (today - signed).days * 100 / days
        m.monthly(signed, today - span(days=10), 0, round(should - 14))
        return
    if story == "extended":
        m.monthly(signed, day("2026-10-10"), 0, 70)
        m.do(day("2026-10-20"), 9, m.hand, "ask-extension", due="2026-12-20", reason="两处施工图变更，需重新审查")
        m.do(day("2026-10-22"), 9, m.office, "grant-extension", note="同意，不再延")
        return
    finish = {"early": due - span(days=25), "late": due + span(days=12), "bounced": due - span(days=20),
              "closed": due - span(days=8), "rated": due - span(days=14), "reviewing": today - span(days=1)}[story]
    m.monthly(signed, finish - span(days=6), 0, 100)
    if kind == "target-task":
        for unit in m.joint:
            m.do(finish - span(days=3), 9, PEOPLE[unit][1], "countersign")
    m.do(finish - span(days=1), 15, m.hand, "submit", result="全部完成，验收材料齐全", file="验收材料.txt")
    if story == "reviewing":
        return
    m.do(finish, 9, m.head, "approve")
    if story == "bounced":
        m.do(finish + span(days=3), 10, m.other, "bounce", reason="抽查发现一处未达标准，整改后再报")
        m.report(finish + span(days=14), 100, note="已整改")
        m.agree(finish + span(days=17))
        m.do(finish + span(days=18), 15, m.hand, "submit", result="全部完成，问题已整改", file="整改材料.txt")
        m.do(finish + span(days=19), 9, m.head, "approve")
        finish += span(days=19)
    close = "accept" if kind == "livelihood" else "close"
    m.do(finish + span(days=3), 10, m.other, close, finding="现场核查，数量和质量符合要求")
    if kind == "livelihood":
        m.do(finish + span(days=12), 10, m.office, "close", satisfied=str(random.randint(88, 98)))


def plan(m):
    """Milestones of the big tasks, counted back from the deadline."""
    if m.kind not in ("target-task", "livelihood") or m.story in ("given", "merged", "closed"):
        return []
    names = ["方案与资金落实", "招标与施工许可", "主体完成", "验收移交"]
    first = day("2026-02-16")
    days = (m.due - first).days
    return [(name, first + d.timedelta(days=round(days * share)), weight)
            for name, share, weight in zip(names, (0.15, 0.35, 0.85, 1.0), (1, 1, 6, 2))]


Matter.by = lambda self: self.office

print("# 青岚县的一年，虚构。Made by make-year.py; matters and what became of them, in the order of the events.")
print("format: luoshi-year/1")
print("matters:")
days = {title: day(on) for title, _, on, _ in MEETINGS}
gathered = []
for line in TASKS + DECIDED:
    if line[0] in days:
        meeting, about, said, title, lead, joint, due, story = line
        m = Matter("instruction", title, lead, joint, due, story)
        m.meeting, m.about, m.decided = meeting, about, days[meeting]
    else:
        m = Matter(*line)
    written(m)
    if m.meeting:
        gathered.append((m.on[:-2] + "05", "zhouqiming", "note", {"title": meeting, "about": about, "text": said}))
    given = {"title": m.title, "source": "2026年政府工作报告" if m.kind in ("target-task", "livelihood") else ""}
    if m.kind != "target-task" or m.story == "given":
        given["lead"] = m.lead
        given["joint"] = ",".join(m.joint)
    if m.kind not in ("target-task", "inspection"):
        given["due"] = str(m.due)
    if m.kind == "livelihood":
        given.update(what=m.title + "，按施工图全部完成并投入使用", public="true")
        given["class"] = "other"
    if m.kind == "target-task":
        given["public"] = "true"
    if m.kind == "rectification":
        given.update(origin="environment" if m.lead in ("beiwei", "park", "housing") else "audit", batch="2026年第一批", what=m.title)
        given["reporter"] = "群众来电"
    if m.meeting:
        given["source"] = ""
    elif m.kind == "instruction":
        given.update(what=m.title, origin="instruction", urgency="usual")
    if m.kind == "inspection":
        given.update(what=m.title, basis="县政府第12次常务会议要求", leader="guxingzhou", informant="匿名线索")
    if m.kind == "target-task" and amount(m.title):
        given["target"], given["measure"] = amount(m.title)
    given = {k: v for k, v in given.items() if v}
    print(f"  - type: {m.kind}\n    at: \"{m.on}\"\n    by: {m.office}")
    if m.meeting:
        print(f"    meeting: \"{m.meeting}\"\n    about: \"{m.about}\"")
    print(f"    fields: {fields(**given)}")
    steps = plan(m)
    if steps:
        print("    milestones:")
        for name, on, weight in steps:
            print(f"      - {{name: {name}, day: \"{on}\", weight: {weight}}}")
    if m.events:
        print("    then:")
    for when, by, move, inputs in m.events:
        rest = ", inputs: " + fields(**inputs) if inputs else ""
        print(f"      - {{at: \"{when}\", by: {by}, move: {move}{rest}}}")

for name, aim, lead, starts, ends, titles in CAMPAIGNS:
    gathered.append((at(day(starts), 9), "zhouqiming", "campaign", {"name": name, "aim": aim, "lead": lead, "starts": starts, "ends": ends, "matters": "|".join(titles)}))
for title, called, on, held in MEETINGS:
    gathered.append((f"{called}T15:00", "zhouqiming", "meeting", {"title": title, "series": SERIES, "day": on, "hour": "09:00", "place": "县政府二楼会议室", "chair": "顾行舟", "units": ATTEND}))
    if held:
        gathered.append((f"{on}T09:00", "zhouqiming", "open", {"title": title}))
        gathered.append((f"{on}T11:40", "zhouqiming", "close", {"title": title}))
print("gatherings:")
for when, by, move, inputs in sorted(gathered, key=lambda g: g[0]):
    print(f"  - {{at: \"{when}\", by: {by}, move: {move}, inputs: {fields(**inputs)}}}")
