package org.luoshi.reading.commitments;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.luoshi.reading.Commitment.Named;
import org.luoshi.reading.Commitment.Named.Sort;
import org.luoshi.reading.Span;
import org.luoshi.reading.departments.Departments;
import org.luoshi.reading.departments.WordTrie;

/** Finds projects, places and units that a commitment names: items of its lists by what they end in. */
final class Names {
    private static final String[] PROJECT_ENDS = {
        "项目", "工程", "产业园", "基地", "高速", "高速公路", "公路", "大桥", "水库", "铁路", "高铁", "机场", "医院", "学校", "中学", "小学", "幼儿园", "公园",
        "污水处理厂", "水厂", "电站", "电厂", "变电站", "管网", "大道", "隧道", "枢纽", "灌区", "服务中心", "客运站", "码头", "体育馆", "图书馆", "博物馆", "文化馆",
                "景区",
        "研究院", "实验室", "创新中心", "示范区", "综合体", "生产线", "快速路", "国道", "省道", "立交", "互通", "敬老院", "养老院", "福利院", "广场", "片区"
    };
    private static final String[] PLACE_ENDS = {"镇", "乡", "街道", "村", "社区", "开发区", "经开区", "高新区", "新区", "县", "区"};
    private static final Set<String> NO_PLACES = Set.of(
            "乡村", "农村", "城镇", "村镇", "全县", "全镇", "全乡", "全村", "全区", "名镇", "集镇", "强镇", "重镇", "小镇", "特色小镇", "示范村", "中心村",
            "行政村", "自然村", "新农村", "县乡", "市县", "建制镇", "重点镇", "示范镇", "城区", "主城区", "中心城区", "园区", "社区", "小区", "景区", "山区",
            "库区", "灌区", "片区", "地区", "校区", "新区", "开发区", "示范区", "先行区", "试验区", "街区", "辖区", "老区", "牧区", "功能区", "老旧小区",
            "棚户区", "街道", "城乡", "下乡", "返乡", "入村", "到村", "进村", "驻村", "城中村", "文明村", "传统村", "美丽乡村", "和美乡村", "智慧社区", "完整社区",
            "村", "镇", "乡", "县", "区", "历史文化街区", "集聚区", "聚集区", "保护区", "经济区", "自贸区", "综保区", "度假区", "生态区", "禁养区", "水源区",
            "产区", "老城区", "城郊区", "多县", "经济强县", "百强县", "示范县", "先进县", "试点县", "大县", "强县", "工业强县", "农业强县", "脱贫县", "文明县",
            "卫生县", "平安县", "健康县");
    private static final Set<String> GENERIC = Set.of(
            "重大", "重点", "一批", "各类", "产业", "工业", "基础设施", "建设", "民生", "新", "省级", "市级", "县级", "国家级", "亿元以上", "在建", "续建",
            "新建", "签约", "招商", "投资", "技改", "政府", "社会", "标志性", "引领性", "省重点", "市重点", "县重点", "好", "大", "个", "等", "的", "这些",
            "专项债", "专项债券", "储备", "前期", "开工", "落地", "民生实事", "惠民", "示范", "创新", "生产", "种植", "养殖", "农村", "城市", "县", "乡镇",
            "公立", "中", "高校", "城乡", "优质", "产业化", "智能化", "外资", "内资", "制造业", "服务业", "科技", "农业", "旅游", "文旅", "能源", "水利",
            "交通", "安全", "系统", "民办", "普惠性", "山体", "口袋");
    private static final String CUTS = "、，,；;：:（）()“”\"《》及与";
    private static final int LONGEST = 26;
    private static final int MOST = 12;

    private final WordTrie ends = new WordTrie();
    private final Departments departments;

    Names(Departments departments) {
        this.departments = departments;
        for (String end : PROJECT_ENDS) {
            ends.add(end, 0);
        }
        for (String end : PLACE_ENDS) {
            ends.add(end, 1);
        }
    }

    List<Named> find(String text, Span span) {
        var found = new ArrayList<Named>();
        int from = span.start();
        for (int i = span.start(); i <= span.end(); i++) {
            if (i == span.end() || cuts(text.charAt(i)) || text.charAt(i) == '和' && i > from + 2) {
                item(text, from, i, found);
                from = i + 1;
                if (found.size() >= MOST) {
                    break;
                }
            }
        }
        units(text, span, found);
        return List.copyOf(found);
    }

    /** Nearly all characters are ideographs, and only two of those part items. */
    private static boolean cuts(char c) {
        return c >= 0x4E00 && c < 0xA000 ? c == '及' || c == '与' : CUTS.indexOf(c) >= 0;
    }

    /** One item of a list: what stands after its verb up to the last ending of a project or a place. */
    private void item(String text, int from, int to, List<Named> found) {
        int start = from;
        for (TimeWords.Found time : TimeWords.find(text, from, Math.min(to, from + 8), 2000, null)) {
            start = Math.min(to, time.span().end());
        }
        start = Verbs.skipAdverbs(text, start, to);
        int verb = Verbs.verbEnd(text, start, to);
        if (verb >= 0 && verb < to) {
            start = verb;
        }
        int stop = -1;
        int sort = -1;
        int endWord = start;
        for (int i = start + 1; i < to; ) {
            if (text.charAt(i) == '等' && i >= start + 4) {
                // 云溪大桥等项目 names the bridge, 某厂智能制造等项目 the plant's scheme.
                if (stop < 0 && text.substring(i, to).contains("项目")) {
                    stop = i;
                    sort = 0;
                    endWord = i;
                }
                break;
            }
            long end = ends.longestAt(text, i, to);
            if (end < 0) {
                i++;
                continue;
            }
            int kind = (int) (end >>> 32);
            if (kind == 0 || sort != 0) {
                stop = (int) end;
                sort = kind;
                endWord = i;
            }
            i = (int) end;
        }
        if (stop < 0) {
            return;
        }
        if (sort == 0) {
            project(text, start, endWord, stop, found);
        } else {
            place(text, start, stop, found);
        }
    }

    private static void project(String text, int start, int endWord, int stop, List<Named> found) {
        int from = start;
        for (int i = start; i < endWord; i++) {
            if ("的在以对将把等".indexOf(text.charAt(i)) >= 0 && endWord - i > 2) {
                from = i + 1;
            }
        }
        String own = text.substring(from, endWord).strip();
        boolean named = own.length() >= 2 && !GENERIC.contains(own) && !hasCount(own) && !quantity(own);
        if (named && stop - from <= LONGEST && stop - from >= 4) {
            found.add(new Named(Sort.PROJECT, text.substring(from, stop).strip(), strip(text, from, stop)));
        }
    }

    private static boolean quantity(String own) {
        return own.startsWith("一批")
                || own.startsWith("各")
                || own.startsWith("重大")
                || own.startsWith("重点")
                || own.contains("亿元")
                || own.contains("万元")
                || own.startsWith("更多")
                || own.startsWith("全部")
                || own.startsWith("所有");
    }

    /** 12个亿元以上 counts projects, it names none; 京沪高速 and G328 do. */
    private static boolean hasCount(String own) {
        for (int i = 0; i + 1 < own.length(); i++) {
            if ((Character.isDigit(own.charAt(i)) || own.charAt(i) == '*')
                    && "个项家处座所条公万亿余多".indexOf(own.charAt(i + 1)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static void place(String text, int start, int stop, List<Named> found) {
        int from = stop - 1;
        int least = Math.max(start, stop - 8);
        while (from > least && text.charAt(from - 1) > 0x4E00 && "在到至于从向由以对的等县市".indexOf(text.charAt(from - 1)) < 0) {
            from--;
        }
        String name = text.substring(from, stop);
        boolean general =
                NO_PLACES.contains(name) || "各全本每个两几多该其新老大小强名示试重上下不中特入进有一二三四五六七八九十".indexOf(name.charAt(0)) >= 0;
        if (!general
                && name.length() >= 3
                && name.length() <= 6
                && !NO_PLACES.contains(name.substring(name.length() - 2))
                && !NO_PLACES.contains(name.substring(name.length() - 3))) {
            found.add(new Named(Sort.PLACE, name, new Span(from, stop)));
        }
    }

    private void units(String text, Span span, List<Named> found) {
        for (Span unit : departments.mentions(text, span, MOST)) {
            if (!inside(unit, found)) {
                found.add(new Named(Sort.UNIT, unit.of(text), unit));
            }
        }
    }

    private static boolean inside(Span unit, List<Named> found) {
        for (Named name : found) {
            if (name.span().contains(unit)) {
                return true;
            }
        }
        return false;
    }

    private static Span strip(String text, int from, int stop) {
        int start = from;
        while (start < stop && (text.charAt(start) <= ' ' || text.charAt(start) == '　')) {
            start++;
        }
        return new Span(start, stop);
    }
}
