package org.luoshi.reading.outline;

import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Outline.Role;
import org.luoshi.reading.Outline.Section;
import org.luoshi.reading.Span;

/** What a section is about: by its title, else by the section it lies in, else by the words it begins with. */
final class Roles {
    private static final String[] REVIEW = {"回顾", "成就", "成绩", "工作情况", "完成情况", "进展情况", "主要工作和", "过去"};
    private static final String[] TASKS = {
        "重点工作", "重点任务", "工作安排", "工作部署", "主要任务", "工作打算", "举措", "自身建设", "下一步", "工作任务", "工作重点", "民生实事"
    };
    private static final String[] GOALS = {"目标", "总体要求", "总体思路", "工作思路", "主要考虑", "指导思想"};
    private static final String[] LOOKING_BACK = {
        "过去一年", "一年来", "今年以来", "去年以来", "五年来", "上半年", "刚刚过去", "近年来", "过去的", "以来，", "已", "获评", "荣获", "增长"
    };
    private static final String[] LOOKING_AHEAD = {
        "接下来", "下半年", "下一步", "今年要", "我们要", "我们将", "要坚持", "要着力", "将", "确保", "力争", "到2", "今年", "进一步", "加快"
    };
    private static final String[] PROGRESS = {"进展情况", "情况汇报如下", "情况报告如下", "工作情况汇报"};
    private static final String[] PLAN = {"接下来", "下一步", "工作打算"};
    private static final int OPENING = 240;
    private static final int PREAMBLE = 3000;

    private final String text;
    /** The text says of itself that it reports progress. */
    private final boolean progress;
    /** The text says of itself that it tells what comes next. */
    private final boolean plan;

    Roles(String text, int firstHeading) {
        this.text = text;
        plan = Words.has(text, 0, Math.min(firstHeading, PREAMBLE), PLAN);
        progress = !plan && Words.has(text, 0, Math.min(firstHeading, PREAMBLE), PROGRESS);
    }

    Role of(String title, int depth, Span body, @Nullable Section parent, @Nullable Section before) {
        int end = title.length();
        if (depth <= 1 || parent == null || parent.role() == Role.OTHER) {
            boolean tasks = Words.has(title, 0, end, TASKS);
            if (Words.has(title, 0, end, REVIEW)) {
                return Role.REVIEW;
            }
            boolean goals = depth <= 1 && Words.has(title, 0, end, GOALS);
            // 十五五时期主要目标和重大举措 sets goals, 2031年目标要求和重点工作 is about tasks.
            if (goals && (!tasks || Words.has(title, 0, end, "时期"))) {
                return Role.GOALS;
            }
            if (tasks) {
                return Role.TASKS;
            }
        }
        if (parent != null && parent.role() != Role.OTHER) {
            // The points below 主要目标任务 are its tasks; its own paragraphs set the goals.
            boolean listsTasks = parent.role() == Role.GOALS
                    && depth > parent.depth()
                    && Words.has(parent.title(), 0, parent.title().length(), "任务", "工作");
            return listsTasks ? Role.TASKS : parent.role();
        }
        if (depth <= 1 && before != null && before.role() == Role.TASKS) {
            // A review never follows the tasks; lists of livelihood projects do.
            return Role.TASKS;
        }
        if (progress && !Words.has(title, 0, end, "下一步", "打算", "计划", "建议")) {
            return Role.REVIEW;
        }
        if (plan) {
            return Role.TASKS;
        }
        int to = Math.min(body.end(), body.start() + OPENING);
        int back = Words.count(text, body.start(), to, LOOKING_BACK);
        int ahead = Words.count(text, body.start(), to, LOOKING_AHEAD);
        if (back > ahead) {
            return Role.REVIEW;
        }
        return ahead > back ? Role.TASKS : Role.OTHER;
    }
}
