package org.luoshi.server.meetings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.junit.jupiter.api.Test;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.Matter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Meetings from being called to their minutes. */
class MeetingIT extends MeetingTest {
    @Autowired
    private Journal journal;

    private int matters(String title) {
        return sql.sql("select count(*)::integer from matter where title = :title")
                .param("title", title)
                .query(Integer.class)
                .single();
    }

    @Test
    void proposesWhatLagsWithItsReasonAndKeepsWhatWasArrangedByHand() throws Exception {
        Matter late = task("清淤河道六公里", "housing", TODAY.minusDays(40), TODAY.minusDays(4));
        Matter bounced = task("修缮校舍两栋", "transport", TODAY.minusDays(2), TODAY.plusDays(90));
        sql.sql("update matter set bounced = 2 where id = :id")
                .param("id", bounced.id())
                .update();
        Matter noticed = task("疏浚支渠三条", "housing", TODAY.minusDays(2), TODAY.plusDays(90));
        act("clerk", noticed.id(), "urge", "level", "blue", "note", "要快");
        task("一切正常的植树", "housing", TODAY.minusDays(1), TODAY.plusDays(90));
        task("别的单位的拖延", "education", TODAY.minusDays(40), TODAY.minusDays(9));
        String meeting = begin("调度会甲", "", TODAY.plusDays(2), "housing", "transport");

        assertThat(page("clerk", meeting))
                .contains("清淤河道六公里", "已过 4 天", "被退回 2 次", "已发蓝单", "县住建局", "县交通局")
                .doesNotContain("一切正常的植树", "别的单位的拖延");

        send("clerk", meeting + "/items/" + item(meeting, "修缮校舍两栋") + "/drop");
        send("clerk", meeting + "/items/" + item(meeting, "疏浚支渠三条") + "/keep");
        send("clerk", meeting + "/add", "title", "通报考核办法");
        sql.sql("update matter set level = null, bounced = 0, due = :day where id in (:late, :noticed)")
                .param("day", TODAY.plusDays(60))
                .param("late", late.id())
                .param("noticed", noticed.id())
                .update();
        task("新出现的拖延", "housing", TODAY.minusDays(40), TODAY.minusDays(1));
        send("clerk", meeting + "/propose");

        List<String> kept =
                sql.sql("""
                        select coalesce(m.title, i.title) from agenda_item i left join matter m on m.id = i.matter
                        where i.meeting = :meeting and not i.dropped order by 1""").param("meeting", id(meeting)).query(String.class).list();
        assertThat(kept).containsExactlyInAnyOrder("疏浚支渠三条", "通报考核办法", "新出现的拖延");
        assertThat(ask("clerk", get(meeting).param("x", "1")).getStatus()).isEqualTo(200);
    }

    @Test
    void movesAnItemWithinItsUnitAndAUnitPastAnother() throws Exception {
        String meeting = begin("调度会乙", "", TODAY.plusDays(2), "liuwan");
        Matter first = task("甲一", "housing", TODAY.minusDays(3), TODAY.plusDays(30));
        Matter second = task("甲二", "housing", TODAY.minusDays(3), TODAY.plusDays(30));
        Matter third = task("乙一", "transport", TODAY.minusDays(3), TODAY.plusDays(30));
        send("clerk", meeting + "/add", "numbers", first.number() + " " + second.number() + "，" + third.number());

        send("clerk", meeting + "/items/" + item(meeting, "甲二") + "/up");
        assertThat(order(meeting)).containsExactly("甲二", "甲一", "乙一");
        send("clerk", meeting + "/items/" + item(meeting, "乙一") + "/up");
        assertThat(order(meeting)).containsExactly("乙一", "甲二", "甲一");
        MockHttpServletResponse unknown = ask("clerk", post(meeting + "/add").param("numbers", "没有这号"));
        assertThat(unknown.getStatus()).isEqualTo(422);
        assertThat(text(unknown)).contains("没有这号");
    }

    private List<String> order(String meeting) {
        return sql.sql("""
                        select m.title from agenda_item i join matter m on m.id = i.matter
                        where i.meeting = :meeting order by i.ordinal""").param("meeting", id(meeting)).query(String.class).list();
    }

    @Test
    void beginsWithWhatTheLastMeetingOfTheSeriesDecided() throws Exception {
        String first = begin("九月调度会", "月调度会", TODAY.minusDays(30), "housing");
        send("clerk", first + "/add", "title", "农房安全");
        send("clerk", first + "/open");
        assertThat(decide(first, item(first, "农房安全"), "摸排危旧农房", "housing", TODAY.plusDays(20))
                        .getStatus())
                .isEqualTo(302);
        send("clerk", first + "/close", "closed", "true");
        String other = begin("别的会", "专题会", TODAY.minusDays(2), "housing");
        String second = begin("十月调度会", "月调度会", TODAY.plusDays(1), "housing");

        String page = page("clerk", second);
        assertThat(page.indexOf("摸排危旧农房")).isPositive().isLessThan(page.indexOf("二、滞后事项"));
        assertThat(page).contains(first, "已交办", "县住建局", "等县住建局");
        assertThat(page("clerk", other)).doesNotContain("摸排危旧农房");
        long matter = sql.sql("select id from matter where title = '摸排危旧农房'")
                .query(Long.class)
                .single();
        assertThat(page("handler", "/matters/" + matter)).contains(first, "九月调度会议定");
        assertThat(page("handler", "/inbox")).contains("摸排危旧农房");
    }

    @Test
    void makesOneMatterOfADecisionHoweverOftenItIsClicked() throws Exception {
        Matter about = task("拓宽县道", "transport", TODAY.minusDays(40), TODAY.minusDays(4));
        String meeting = begin("调度会丙", "", TODAY, "transport", "housing");
        long item = item(meeting, "拓宽县道");
        assertThat(decide(meeting, item, "太早的决定", "housing", TODAY.plusDays(9)).getStatus())
                .isEqualTo(422);
        send("clerk", meeting + "/open");

        MockHttpServletResponse wrong = ask(
                "clerk",
                room(meeting, item, "decide", 1, "", "会上说得很急", "r-1")
                        .param("title", "倒排县道工期")
                        .param("lead", "")
                        .param("due", TODAY.minusDays(1).toString()));
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(text(wrong)).contains("倒排县道工期", "会上说得很急", "请填“主办单位”", "已经过去");
        assertThat(matters("倒排县道工期")).isZero();
        for (int click = 0; click < 2; click++) {
            assertThat(ask(
                                    "clerk",
                                    room(meeting, item, "decide", 1, "", "会上说得很急", "r-2")
                                            .param("title", "倒排县道工期")
                                            .param("lead", unit("transport"))
                                            .param("joint", unit("housing"))
                                            .param("due", TODAY.plusDays(15).toString()))
                            .getStatus())
                    .isEqualTo(302);
        }

        assertThat(matters("倒排县道工期")).isEqualTo(1);
        assertThat(page("clerk", meeting)).contains("倒排县道工期", "会上说得很急", "议定 1 项");
        assertThat(sql.sql(
                                "select type || ' ' || state || ' ' || (fields ->> 'origin') || ' ' || source from matter where title = '倒排县道工期'")
                        .query(String.class)
                        .single())
                .isEqualTo("instruction given meeting 调度会丙（" + TODAY + "）");
        assertThat(journal.listEntries("meeting:" + id(meeting), 50))
                .extracting(Journal.Entry::act)
                .contains("meeting.begin", "meeting.propose", "meeting.open", "meeting.note")
                .containsOnlyOnce("meeting.decide");
        assertThat(page("mover", "/matters/" + about.id())).contains(meeting, "上了调度会丙");
    }

    @Test
    void losesNothingWhenTwoWriteAboutOneItem() throws Exception {
        String meeting = begin("调度会丁", "", TODAY, "liuwan");
        send("clerk", meeting + "/add", "title", "秋收");
        send("clerk", meeting + "/open");
        long item = item(meeting, "秋收");
        assertThat(ask("second", room(meeting, item, "note", 1, "", "吴写的话", "n-1"))
                        .getStatus())
                .isEqualTo(302);

        MockHttpServletResponse stale = ask("clerk", room(meeting, item, "note", 1, "", "周写的话", "n-2"));
        assertThat(stale.getStatus()).isEqualTo(409);
        assertThat(text(stale)).contains("吴晓棠", "吴写的话", "周写的话", "name=\"version\" value=\"2\"");
        assertThat(ask("clerk", room(meeting, item, "note", 2, "吴写的话", "吴写的话，周写的话", "n-3"))
                        .getStatus())
                .isEqualTo(302);
        assertThat(page("clerk", meeting)).contains("吴写的话，周写的话");
        assertThat(decide(meeting, item, "留种三成", "liuwan", TODAY.plusDays(5)).getStatus())
                .as("who wrote nothing decides without a conflict")
                .isEqualTo(302);

        String edit = meeting + "?title=改名&day=" + TODAY + "&version=";
        int version = sql.sql("select version from meeting where id = :id")
                .param("id", id(meeting))
                .query(Integer.class)
                .single();
        send("second", edit + version);
        MockHttpServletResponse late = ask(
                "clerk",
                post(meeting)
                        .param("title", "另一个名")
                        .param("day", TODAY.toString())
                        .param("version", Integer.toString(version)));
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(text(late)).contains("吴晓棠", "另一个名");
    }

    @Test
    void showsUnitsTheirPartAndStrangersNothing() throws Exception {
        task("住建的拖延", "housing", TODAY.minusDays(40), TODAY.minusDays(4));
        task("交通的拖延", "transport", TODAY.minusDays(40), TODAY.minusDays(4));
        String meeting = begin("调度会戊", "", TODAY, "transport", "housing");
        send("clerk", meeting + "/open");
        decide(meeting, item(meeting, "住建的拖延"), "住建的决定", "housing", TODAY.plusDays(5));
        decide(meeting, item(meeting, "交通的拖延"), "交通的决定", "transport", TODAY.plusDays(5));

        for (String login : List.of("handler", "head")) {
            assertThat(page(login, meeting))
                    .contains("住建的拖延", "住建的决定")
                    .doesNotContain("交通的拖延", "交通的决定", "/room", "/propose");
        }
        assertThat(page("mover", "/meetings")).contains("调度会戊");
        assertThat(page("reader", meeting)).contains("住建的决定", "交通的决定");
        String own = minutes("handler", meeting);
        assertThat(own).contains("摘录", "住建的决定").doesNotContain("交通的");
        for (String login : List.of("stranger", "town")) {
            assertThat(ask(login, get(meeting)).getStatus()).isEqualTo(404);
            assertThat(ask(login, get(meeting + "/minutes.docx")).getStatus()).isEqualTo(404);
            assertThat(ask(login, get(meeting + "/room")).getStatus()).isEqualTo(404);
            assertThat(page(login, "/meetings")).doesNotContain("调度会戊");
        }
        assertThat(ask("handler", room(meeting, item(meeting, "住建的拖延"), "note", 1, "", "x", "f-1"))
                        .getStatus())
                .isEqualTo(403);
    }

    private String minutes(String login, String meeting) throws Exception {
        byte[] docx = ask(login, get(meeting + "/minutes.docx")).getContentAsByteArray();
        try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(docx))) {
            StringBuilder all = new StringBuilder();
            document.getParagraphs().stream()
                    .map(XWPFParagraph::getText)
                    .forEach(text -> all.append(text).append('\n'));
            document.getTables().forEach(table -> all.append(table.getText()).append('\n'));
            return all.toString();
        }
    }

    @Test
    void keepsInTheMinutesWhatPeopleSawOnTheDay() throws Exception {
        Matter matter = task("建污水管网", "housing", TODAY.minusDays(40), TODAY.minusDays(4));
        String meeting = begin("调度会己", "", TODAY, "housing");
        send("clerk", meeting + "/open");
        decide(meeting, item(meeting, "建污水管网"), "=cmd|加密施工班组", "housing", TODAY.plusDays(8));
        decide(meeting, item(meeting, "建污水管网"), "写错了的决定", "housing", TODAY.plusDays(8));
        long mistake = sql.sql("select id from matter where title = '写错了的决定'")
                .query(Long.class)
                .single();
        assertThat(minutes("clerk", meeting)).contains("草稿", "写错了的决定");
        act("clerk", mistake, "cancel", "reason", "记错了");
        assertThat(page("clerk", meeting)).contains("不进纪要");
        assertThat(ask("clerk", get(meeting + "/room").param("item", "" + item(meeting, "建污水管网")))
                        .getStatus())
                .isEqualTo(200);
        sql.sql("update matter set title = '后来的名字', due = :due where id = :id")
                .param("due", TODAY.plusDays(90))
                .param("id", matter.id())
                .update();
        send("clerk", meeting + "/close", "closed", "true");

        String number = sql.sql(
                        "select m.number from matter m join meeting_decision d on d.matter = m.id where d.meeting = :id and not m.ended")
                .param("id", id(meeting))
                .query(String.class)
                .single();
        assertThat(minutes("clerk", meeting))
                .contains("调度会己纪要", "县政府三楼会议室", "何维舟", "县住房和城乡建设局", "建污水管网", "已过 4 天")
                .contains("加密施工班组", number, TODAY.plusDays(8).toString(), "县政府督查室")
                .doesNotContain("草稿", "后来的名字", "摘录", "写错了的决定");
        assertThat(decide(meeting, item(meeting, "后来的名字"), "迟来的决定", "housing", TODAY.plusDays(8))
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void callsOneMeetingHoweverOftenItIsClicked() throws Exception {
        String request = UUID.randomUUID().toString();
        for (int click = 0; click < 2; click++) {
            assertThat(ask(
                                    "clerk",
                                    post("/meetings")
                                            .param("title", "只开一次的会")
                                            .param("day", TODAY.toString())
                                            .param("request", request))
                            .getRedirectedUrl())
                    .startsWith("/meetings/");
        }
        assertThat(sql.sql("select count(*)::integer from meeting where title = '只开一次的会'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        MockHttpServletResponse wrong =
                ask("clerk", post("/meetings").param("title", "没有日期的会").param("units", unit("housing")));
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(text(wrong)).contains("没有日期的会", "请填开会的日期");
    }

    @Test
    void overwritesNothingUnseenAfterAnInputWasRefused() throws Exception {
        String meeting = begin("调度会庚", "", TODAY, "housing");
        send("second", meeting, "title", "调度会庚", "day", "" + TODAY, "place", "体育馆", "version", "1");

        MockHttpServletResponse wrong = ask("clerk", edit(meeting, 1, "二十五点"));
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(text(wrong)).contains("二十五点", "name=\"version\" value=\"1\"");
        MockHttpServletResponse late = ask("clerk", edit(meeting, 1, "10:30"));
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(text(late))
                .contains("吴晓棠", "现在保存的与您填的不同", "地点：体育馆", "参会单位：（空）", "时间：（空）", "name=\"version\" value=\"2\"")
                .contains("value=\"10:30\"")
                .doesNotContain("会议名称：");
        assertThat(page("clerk", meeting)).contains("体育馆");
        assertThat(ask("clerk", edit(meeting, 2, "10:30")).getStatus()).isEqualTo(302);
    }

    private MockHttpServletRequestBuilder edit(String meeting, int version, String hour) {
        return post(meeting)
                .param("title", "调度会庚")
                .param("day", TODAY.toString())
                .param("hour", hour)
                .param("place", "三楼")
                .param("units", unit("housing"))
                .param("version", Integer.toString(version));
    }

    @Test
    void keepsWhatWasTypedInTheRoomWhenAColleagueClosedTheMeeting() throws Exception {
        String meeting = begin("调度会辛", "", TODAY, "liuwan");
        send("clerk", meeting + "/add", "title", "防汛值守");
        send("clerk", meeting + "/open");
        long item = item(meeting, "防汛值守");
        send("second", meeting + "/close", "closed", "true");

        MockHttpServletResponse late = ask("clerk", room(meeting, item, "note", 1, "", "值守到月底", "k-1"));
        assertThat(late.getStatus()).isEqualTo(422);
        assertThat(text(late)).contains("值守到月底", "会议已结束", "room-said");
        send("clerk", meeting + "/close", "closed", "false");
        assertThat(ask("clerk", room(meeting, item, "note", 1, "", "值守到月底", "k-1"))
                        .getStatus())
                .isEqualTo(302);
        MockHttpServletResponse longer =
                ask("clerk", room(meeting, item, "note", 2, "值守到月底", "长".repeat(20_001), "k-2"));
        assertThat(longer.getStatus()).isEqualTo(422);
        assertThat(text(longer)).contains("最多 20,000 个字", "长长长", "room-said");
    }

    @Test
    void tellsTheHeadsOfUnitsOnceOfAMeetingAndOfItsNewDay() throws Exception {
        county.account("ke", "柯以南", "transport", Role.HEAD);
        LocalDate day = TODAY.plusDays(3);
        String meeting = begin("调度会壬", "", day, "housing");
        assertThat(page("head", "/messages")).contains("周启明 通知您单位参加“调度会壬”，" + day + " 09:00 开会。", "href=\"" + meeting);
        assertThat(told("head", meeting)).isEqualTo(1);
        assertThat(told("handler", meeting)).as("only heads").isZero();
        assertThat(told("ke", meeting)).as("his unit does not attend").isZero();

        String[] moved = {"title", "调度会壬", "units", unit("housing"), "day", "" + day.plusDays(1), "version", "1"};
        send("clerk", meeting, moved);
        assertThat(ask("clerk", post(meeting).param("title", "调度会壬").param("version", "1"))
                        .getStatus())
                .isEqualTo(422);
        assertThat(page("head", "/messages")).contains("把“调度会壬”从 " + day + " 改到 " + day.plusDays(1));
        assertThat(told("head", meeting)).isEqualTo(2);

        MockHttpServletRequestBuilder joined = post(meeting)
                .param("title", "调度会壬")
                .param("place", "二楼")
                .param("day", "" + day.plusDays(1))
                .param("units", unit("housing"), unit("transport"))
                .param("version", "2");
        assertThat(ask("clerk", joined).getStatus()).isEqualTo(302);
        assertThat(told("head", meeting)).as("the day is the same").isEqualTo(2);
        assertThat(told("ke", meeting)).isEqualTo(1);

        assertThat(told("head", begin("补记的会", "", TODAY.minusDays(3), "housing")))
                .as("it was held already")
                .isZero();
    }

    private int told(String login, String meeting) {
        return sql.sql("""
                        select count(*)::integer from message where account = :account and details ->> 'meeting' = :meeting""")
                .param("account", county.user(login).account())
                .param("meeting", Long.toString(id(meeting)))
                .query(Integer.class)
                .single();
    }
}
