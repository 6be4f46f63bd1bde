package org.luoshi.reading.commitments;

import org.luoshi.reading.departments.WordTrie;

/** The words that a clause of a commitment begins with: adverbs of effort to skip, verbs of work, words that lead in. */
final class Verbs {
    private static final String[] ADVERBS = {
        "普遍", "适当", "适度", "严厉", "广泛", "高起点", "超常规", "紧密", "驰而不息", "锲而不舍", "慎终如始", "坚定", "坚定不移", "接续", "全链条", "联动", "迭代",
        "加紧", "更多", "平稳有序", "稳妥有序", "动态", "因企施策", "千方百计", "自觉", "牢牢", "更大力度", "高位", "多点", "持续用力", "从细", "从实", "始终",
        "毫不松懈", "一以贯之", "扎扎实实", "用心用情", "全方位", "多层次", "毫不动摇", "持之以恒", "要", "将", "我们要", "我们将", "今年", "今年将", "大力", "持续",
        "全面", "深入", "积极", "着力", "扎实", "有序", "稳步", "全力", "切实", "进一步", "不断", "继续", "努力", "统筹", "统筹推进", "高标准", "高质量",
        "高水平", "高效", "严格", "坚决", "加力", "加速", "协同", "重点", "主动", "精准", "科学", "合理", "稳妥", "稳步", "有效", "充分", "抢抓", "奋力",
        "逐步", "同步", "常态化", "精心", "依法", "统一", "因地制宜", "分类", "分步", "分批", "集中", "更好", "率先", "探索", "加大力度", "纵深", "多渠道",
        "多措并举", "强力", "聚力", "全域", "力争", "确保", "争取", "一体", "一体化", "从严", "从快", "尽快", "及时", "规范", "认真", "全程", "系统", "深度",
        "致力", "务实", "科学", "适时", "按期", "如期", "首先", "其次", "同时", "此外", "并", "还要", "也要", "必须", "坚持", "加快", "加大", "加强", "注重"
    };
    private static final String[] VERBS = {
        "压实", "压紧压实", "牢记", "树牢", "站稳", "封停", "封填", "放映", "缩小", "拓宽", "扛牢", "扛起", "践行", "回应", "关爱", "关心关爱", "梳理", "聘任",
        "募集", "携手", "学习推广", "学习运用", "参加", "接受", "贯彻落实", "贯彻", "倡导", "界定", "安排", "购买", "配合", "打好", "打赢", "用活", "释放",
        "带动", "严守", "扎紧", "募集", "新开", "新设", "新引进", "新签约", "新认定", "新培育", "新建成", "新开工", "新投产", "新添", "评估", "规划建设", "规划",
        "承建", "迁建", "筹办", "举行", "召开", "建设", "建成", "建好", "建立", "建优", "建强", "完成", "实施", "推进", "推动", "开展", "打造", "培育",
        "培养", "新增", "新建", "新改建", "新改扩建", "改造", "改建", "扩建", "改扩建", "提升", "提高", "优化", "完善", "健全", "深化", "落实", "落地", "支持",
        "鼓励", "引导", "引进", "招引", "引育", "发展", "壮大", "做强", "做大", "做优", "做实", "做好", "做精", "强化", "加强", "加快", "加大", "巩固",
        "拓展", "扩大", "增加", "保持", "争取", "争创", "创建", "申报", "申创", "创成", "启动", "开工", "竣工", "投产", "投用", "投入使用", "运营", "举办",
        "承办", "办好", "组织", "制定", "编制", "出台", "修订", "发布", "设立", "成立", "组建", "整治", "治理", "修复", "保护", "防范", "化解", "打击",
        "查处", "排查", "整改", "降低", "压减", "压降", "减少", "控制", "盘活", "整合", "理顺", "规范", "推广", "推行", "探索", "试点", "构建", "搭建",
        "筹建", "谋划", "储备", "签约", "落户", "发放", "兑现", "补贴", "资助", "救助", "培训", "转移", "帮扶", "安置", "分配", "供应", "保障", "维护",
        "守住", "守牢", "严守", "遏制", "抓好", "抓实", "抓牢", "抓紧", "用好", "用足", "管好", "筑牢", "擦亮", "补齐", "畅通", "打通", "连通", "贯通",
        "实现", "达到", "突破", "稳定", "增强", "促进", "激发", "释放", "吸引", "招商", "对接", "融入", "参与", "承接", "布局", "配齐", "配备", "设置",
        "开通", "开放", "开发", "利用", "挖掘", "弘扬", "传承", "繁荣", "丰富", "普及", "覆盖", "延伸", "延长", "升级", "更新", "改善", "改革", "改进",
        "创新", "转化", "攻克", "攻坚", "突出", "聚焦", "紧盯", "围绕", "全覆盖", "清理", "清零", "淘汰", "关停", "取缔", "拆除", "腾退", "收储", "出让",
        "供应", "流转", "种植", "养殖", "造林", "绿化", "栽植", "播种", "收割", "养护", "硬化", "亮化", "美化", "净化", "疏浚", "清淤", "加固", "除险",
        "铺设", "架设", "敷设", "安装", "接入", "上线", "上市", "挂牌", "认定", "评定", "评选", "表彰", "奖励", "激励", "考核", "督查", "督办", "检查",
        "监测", "监管", "审计", "调查", "普查", "登记", "确权", "颁证", "发证", "办理", "受理", "化债", "清偿", "清欠", "支付", "拨付", "筹集", "筹措",
        "争引", "融资", "贷款", "投放", "减免", "减税", "返还", "实行", "执行", "履行", "坚守", "杜绝", "严控", "严防", "严打", "严查", "预防", "处置",
        "应对", "救援", "演练", "宣传", "宣讲", "教育", "引入", "植入", "导入", "嫁接", "联合", "合作", "共建", "共享", "互通", "互联", "抓", "建", "育",
        "引", "促", "保", "推", "办", "创", "种", "修", "续建", "复工", "复产", "盘清", "摸清", "补充", "补足", "充实", "壮大", "调整", "调优", "统筹",
        "衔接", "跟进", "跑争", "向上争取", "争资", "包装", "策划", "论证", "立项", "报批", "审批", "核准", "备案", "动工", "封顶", "主体完工", "完工", "交付",
        "验收", "通车", "通航", "通水", "通气", "通电", "供水", "供热", "供气", "运行", "试运行", "试运营", "开园", "开馆", "开业", "招生", "达产", "达效",
        "纳统", "入库", "入统", "晋级", "晋位", "进位", "升规", "升限", "上规", "增长", "下降", "控制在", "高于", "不低于", "不少于", "位居", "保持在", "稳定在"
    };
    /** Clauses that begin so set the way or the frame of what follows. */
    private static final String[] LEADS_IN = {
        "面向", "依照", "依靠", "不论", "对照", "适应", "各位代表", "综合考虑", "综合各方面", "根据上述", "按照上述", "以", "通过", "围绕", "按照", "根据", "依托",
        "聚焦", "紧盯", "针对", "结合", "立足", "锚定", "对标", "抢抓", "借助", "紧扣", "顺应", "瞄准", "坚持", "突出", "本着", "紧紧围绕", "在", "把", "为",
        "对", "凡", "牢固树立", "深入贯彻", "认真落实", "抓住", "把握", "发挥", "充分发挥", "牢牢把握", "主动对接"
    };
    /** Clauses that begin so tell the end of what stands before. */
    private static final String[] RESULTS = {
        "确保", "力争", "实现", "让", "使", "切实", "不断", "着力", "努力", "推动形成", "形成", "带动", "进一步", "全面提升", "达到", "助力", "促进", "真正",
        "以此", "从而", "有效", "为", "力促", "其中", "预计", "同比", "占", "较", "比", "年均", "总投资", "投资", "覆盖", "惠及", "受益", "保证", "防止",
        "避免", "更好", "累计", "总量", "总数", "总面积", "均", "分别", "并", "等", "同时", "争取"
    };
    /** Verbs whose work can be seen when it is done. */
    private static final String[] COMPLETIONS = {
        "办好", "承办", "举行", "建成", "完成", "完工", "竣工", "投产", "投用", "投入使用", "开工", "启动", "出台", "印发", "编制", "制定", "举办", "召开",
        "设立", "成立", "组建", "上线", "通车", "创建", "创成", "争创", "申报", "新建", "新增", "改造", "改扩建", "扩建", "拆除", "发放", "兑现", "签约",
        "落地", "验收", "交付", "挂牌", "开通", "开园", "开馆", "搭建", "实施", "推行", "建立", "修订", "关停", "清零", "全覆盖", "培训", "普查", "评选",
        "公布", "开展", "整治", "修复", "新改建", "续建", "达产", "上市", "运行", "运营", "引进"
    };

    private static final WordTrie STARTS = trie(ADVERBS, VERBS);
    private static final WordTrie FRAMES = trie(LEADS_IN, RESULTS);
    private static final WordTrie DONE = trie(COMPLETIONS);
    /** Verbs that only help another along where one follows. */
    private static final WordTrie EASERS = trie(new String[] {"加快", "加大", "加强", "统筹", "探索", "规范", "推进", "推动", "持续"});

    /** Verbs that only say once more what the verb before them says: 改造提升, 培育壮大. */
    private static final WordTrie RAISES = trie(new String[] {"提升", "壮大", "完善", "优化", "推广", "扩大", "发展"});

    private static final int ADVERB = 0;
    private static final int VERB = 1;

    private Verbs() {}

    private static WordTrie trie(String[]... groups) {
        var trie = new WordTrie();
        for (int g = groups.length - 1; g >= 0; g--) {
            for (String word : groups[g]) {
                trie.add(word, g);
            }
        }
        return trie;
    }

    static boolean leadsIn(CharSequence text, int start, int end) {
        long found = FRAMES.longestAt(text, start, end);
        return found >= 0 && found >>> 32 == 0;
    }

    static boolean tellsResult(CharSequence text, int start, int end) {
        long found = FRAMES.longestAt(text, start, end);
        return found >= 0 && found >>> 32 == 1;
    }

    static boolean completes(CharSequence text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (DONE.longestAt(text, i, end) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The offset after the adverbs that a clause begins with; a word that is adverb and verb stays as the verb. */
    static int skipAdverbs(CharSequence text, int start, int end) {
        int at = start;
        while (at < end) {
            long found = STARTS.longestAt(text, at, end);
            if (found < 0) {
                return at;
            }
            int stop = (int) found;
            if (found >>> 32 == VERB && !(eases(text, at, stop) && followedByVerb(text, stop, end))) {
                return at;
            }
            if (stop >= end) {
                return at;
            }
            at = stop;
        }
        return at;
    }

    private static boolean eases(CharSequence text, int start, int end) {
        return EASERS.longestAt(text, start, end) == end;
    }

    /** 加快建设: the second word is the verb; 加强队伍建设: the first is. */
    private static boolean followedByVerb(CharSequence text, int at, int end) {
        long next = STARTS.longestAt(text, at, end);
        if (next >= 0 && (int) next < end && text.charAt((int) next) == '区') {
            return false;
        }
        return next >= 0 && next >>> 32 == VERB && (int) next - at >= 2 && (int) next < end;
    }

    /** The end of the verb that starts at {@code at}, -1 where none does. */
    static int verbEnd(CharSequence text, int at, int end) {
        long found = STARTS.longestAt(text, at, end);
        int stop = (int) found;
        // 保障性住房 and 开发区 begin with a verb's characters but are things.
        if (found < 0 || stop < end && "性区".indexOf(text.charAt(stop)) >= 0) {
            return -1;
        }
        return found >>> 32 == VERB || stop - at >= 2 ? stop : -1;
    }

    /** The end of the verbs from {@code first} on: 新建和改造提升 is one verb for a list. */
    static int verbsEnd(CharSequence text, int first, int end) {
        int stop = first;
        for (int i = 0; i < 3; i++) {
            int next = stop < end && "和、并".indexOf(text.charAt(stop)) >= 0 ? stop + 1 : stop;
            long found = next < end ? STARTS.longestAt(text, next, end) : -1;
            int after = (int) found;
            boolean verb = found >= 0 && found >>> 32 == VERB && after - next == 2 && end - after >= 3;
            if (!verb
                    || "性区".indexOf(text.charAt(after)) >= 0
                    || next == stop && RAISES.longestAt(text, next, after) < 0) {
                break;
            }
            stop = after;
        }
        return stop;
    }
}
