package org.luoshi.reading.figures;

/**
 * The years of a report that neither its headings nor its date give away, from phrases that tell them: 总结2021年工作,
 * 部署2022年任务, a party congress that is still to come, the first or last year of a five-year plan.
 *
 * @param review the year looked back on, 0 where nothing tells
 * @param task the year planned for, 0 where nothing tells
 */
record SaidYear(int review, int task) {
    private static final SaidYear NONE = new SaidYear(0, 0);
    private static final String[] PLANS = {"十二五", "十三五", "十四五", "十五五", "十六五"};
    private static final int FIRST_PLAN_START = 2011;
    private static final int PLAN_YEARS = 5;
    private static final int REACH = 40;

    static SaidYear of(String text) {
        int task = after(text, "部署", "安排");
        int review = after(text, "总结", "回顾");
        if (task > 0 || review > 0) {
            return new SaidYear(review > 0 ? review : task - 1, task > 0 ? task : review + 1);
        }
        int congress = congress(text);
        if (congress > 0) {
            return new SaidYear(congress, congress);
        }
        int plan = plan(text);
        if (plan == 0) {
            plan = event(text);
        }
        return plan > 0 ? new SaidYear(plan - 1, plan) : NONE;
    }

    /** The year behind one of two words: 总结2021年工作. */
    private static int after(String text, String one, String other) {
        for (int i = text.indexOf('年'); i >= 0; i = text.indexOf('年', i + 1)) {
            int year = yearBefore(text, i);
            if (year > 0 && (text.startsWith(one, i - 6) || text.startsWith(other, i - 6))) {
                return year;
            }
        }
        return 0;
    }

    private static int yearBefore(String text, int end) {
        if (end < 6) {
            return 0;
        }
        int year = 0;
        for (int k = end - 4; k < end; k++) {
            char c = text.charAt(k);
            if (c < '0' || c > '9') {
                return 0;
            }
            year = year * 10 + c - '0';
        }
        return year >= 1990 && year < 2100 ? year : 0;
    }

    /** Congresses meet every fifth autumn, the eighteenth in 2012; who awaits one speaks in its year. */
    private static int congress(String text) {
        String[] numbers = {"十八大", "十九大", "二十大", "二十一大", "二十二大"};
        for (int i = text.indexOf("迎接党的"); i >= 0; i = text.indexOf("迎接党的", i + 1)) {
            for (int k = numbers.length - 1; k >= 0; k--) {
                if (text.startsWith(numbers[k], i + 4)) {
                    return 2012 + PLAN_YEARS * k;
                }
            }
        }
        return 0;
    }

    /** 今年是“十四五”规划收官之年. */
    private static int plan(String text) {
        for (int i = text.indexOf("今年是"); i >= 0; i = text.indexOf("今年是", i + 1)) {
            String said = text.substring(i, Math.min(text.length(), i + REACH));
            for (int k = 0; k < PLANS.length; k++) {
                int at = said.indexOf(PLANS[k]);
                if (at >= 0) {
                    int first = FIRST_PLAN_START + PLAN_YEARS * k;
                    if (said.indexOf("开局", at) > 0) {
                        return first;
                    }
                    if (said.indexOf("收官", at) > 0) {
                        return first + PLAN_YEARS - 1;
                    }
                }
            }
        }
        return 0;
    }

    /** An event that is still to be held and carries its year: 举办“2023…大会”. */
    private static int event(String text) {
        for (int i = text.indexOf("办“20"); i >= 0; i = text.indexOf("办“20", i + 1)) {
            int year = i + 6 <= text.length() ? yearBefore(text, i + 6) : 0;
            if (year > 0) {
                return year;
            }
        }
        return 0;
    }
}
