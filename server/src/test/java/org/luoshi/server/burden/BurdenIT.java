package org.luoshi.server.burden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.luoshi.server.matters.Matters;
import org.luoshi.server.matters.Types;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

class BurdenIT extends BurdenTest {
    @Autowired
    Requests requests;

    @Autowired
    Matters matters;

    @Autowired
    Types types;

    private MockHttpServletResponse request(String login, String name, String... more) throws Exception {
        String[] usual = {
            "title",
            name + "统计",
            "basis",
            "年度工作安排",
            "period",
            MONTH,
            "due",
            SOON,
            "repeats",
            "once",
            "shared",
            "true",
            "unit",
            unit("liuwan"),
            "name0",
            name,
            "kind0",
            "number",
            "measure0",
            "户",
            "act",
            "send"
        };
        Map<String, String> all = new java.util.LinkedHashMap<>();
        for (String[] pairs : new String[][] {usual, more}) {
            for (int i = 0; i < pairs.length; i += 2) {
                all.put(pairs[i], pairs[i + 1]);
            }
        }
        String[] pairs = all.entrySet().stream()
                .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                .toArray(String[]::new);
        return send(login, "/requests", pairs);
    }

    private long answerOf(long request, String unit) {
        return sql.sql("select id from data_answer where request = :request and unit = :unit order by id limit 1")
                .param("request", request)
                .param("unit", county.unit(unit))
                .query(Long.class)
                .single();
    }

    private List<Long> fieldsOf(long request) {
        return sql.sql("select id from data_request_field where request = :request order by ordinal")
                .param("request", request)
                .query(Long.class)
                .list();
    }

    private MockHttpServletResponse answer(String login, long answer, String... pairs) throws Exception {
        long version = count("select version from data_answer where id = " + answer);
        String[] all = new String[pairs.length + 2];
        System.arraycopy(pairs, 0, all, 0, pairs.length);
        all[pairs.length] = "version";
        all[pairs.length + 1] = Long.toString(version);
        return send(login, "/requests/answers/" + answer, all);
    }

    @Test
    void refusesWhatStandsElsewhereLeadsThereAndSendsTheRest() throws Exception {
        long first = id(request("handler", "危房户数"));
        long answer = answerOf(first, "liuwan");
        assertThat(page("town", "/inbox")).contains("危房户数统计", "填报 1 项，预计 10 分钟");
        long field = fieldsOf(first).getFirst();
        assertThat(answer("town", answer, "v" + field, "１２", "act", "send").getRedirectedUrl())
                .contains("burden.done.sent");
        assertThat(page("town", "/inbox")).doesNotContain("危房户数统计");

        // Spaces, signs and the width of characters make no other field.
        MockHttpServletResponse refused =
                request("mover", "危房 户数：", "title", "农房排查", "name1", "倒塌房屋间数", "kind1", "number");
        assertThat(refused.getStatus()).isEqualTo(422);
        String page = refused.getContentAsString();
        assertThat(page).contains("柳湾镇的这个数", "已由县住建局在《危房户数统计》里要过，已经报了", "倒塌房屋间数", "只要其余各项");
        assertThat(page).doesNotContain("仍要全部报送");
        String there = page.replaceAll("(?s).*href=\"(/requests/refusals/\\d+)\".*", "$1");
        assertThat(page("mover", there)).contains("柳湾镇", ">12<", "已由县住建局在《危房户数统计》里要过");
        assertThat(ask("stranger", there).getStatus()).isEqualTo(404);

        long rest = id(request("mover", "危房户数", "title", "农房排查", "name1", "倒塌房屋间数", "kind1", "number", "act", "rest"));
        assertThat(page("mover", "/requests/" + rest)).contains("取自别处", ">12</a>", "未报");
        assertThat(send("handler", "/requests/" + first + "/withdraw", "reason", "不要了")
                        .getContentAsString())
                .contains("县交通局的《农房排查》靠这里取数");
        String form = page("town", "/requests/answers/" + answerOf(rest, "liuwan"));
        assertThat(form).contains("倒塌房屋间数", "“危房户数”不用再报，已在《危房户数统计》");
        assertThat(form).doesNotContain("name=\"v" + fieldsOf(rest).getFirst() + "\"");
    }

    @Test
    void sharesNoValueThatItsHolderKeeps() throws Exception {
        long first = id(request("handler", "低保对象名册人数", "shared", ""));
        answer("town", answerOf(first, "liuwan"), "v" + fieldsOf(first).getFirst(), "7431", "act", "send");
        MockHttpServletResponse refused = request("mover", "低保对象名册人数");
        String there = refused.getContentAsString().replaceAll("(?s).*href=\"(/requests/refusals/\\d+)\".*", "$1");
        assertThat(page("mover", there)).contains("县住建局").doesNotContain("7431");
        assertThat(page("clerk", there)).contains("7431");
    }

    @Test
    void sendsNothingWhereNothingIsLeft() throws Exception {
        request("handler", "供水管网公里数");
        MockHttpServletResponse refused = request("mover", "供水管网公里数", "act", "rest");
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("没有其余各项可发");
    }

    @Test
    void keepsAskingThoseOfWhomItDoesNotStand() throws Exception {
        request("handler", "路灯盏数");
        long rest = id(send(
                "mover",
                "/requests",
                "title",
                "路灯普查",
                "basis",
                "普查",
                "period",
                MONTH,
                "due",
                SOON,
                "unit",
                unit("liuwan"),
                "unit",
                unit("education"),
                "name0",
                "路灯盏数",
                "measure0",
                "户",
                "act",
                "rest"));
        assertThat(count("select count(*) from data_answer where request = " + rest))
                .isEqualTo(1);
        assertThat(answerOf(rest, "education")).isPositive();
        assertThat(page("mover", "/requests/" + rest)).contains("柳湾镇", "不用报，已在别处", "县教育局");
    }

    @Test
    void asksAboutAlikeNamesAndGoesOnWhenTheyMeanSomethingElse() throws Exception {
        request("handler", "本镇养老院数量");
        MockHttpServletResponse asked = request("mover", "养老院数", "title", "养老设施");
        assertThat(asked.getStatus()).isEqualTo(422);
        assertThat(asked.getContentAsString())
                .contains("好像已由县住建局在《本镇养老院数量统计》里向柳湾镇要过", "名称相近", "不是一回事")
                .doesNotContain("只要其余各项");
        assertThat(request("mover", "养老院数", "title", "养老设施", "different", "0").getRedirectedUrl())
                .isNotNull();
        // Another number in the name is another thing.
        request("handler", "60岁以上老人数");
        assertThat(request("mover", "65岁以上老人数").getRedirectedUrl()).isNotNull();
    }

    @Test
    void asksAboutTheSameNameInAnotherMeasureOrAnOverlappingPeriod() throws Exception {
        request("handler", "蔬菜种植面积", "measure0", "亩");
        assertThat(request("mover", "蔬菜种植面积", "measure0", "公顷").getContentAsString())
                .contains("计量单位不同");
        assertThat(request("mover", "蔬菜种植面积", "measure0", "亩", "period", Integer.toString(TODAY.getYear()))
                        .getContentAsString())
                .contains("所属期有重叠");
        String before = Period.monthOf(TODAY).before().key();
        assertThat(request("mover", "蔬菜种植面积", "measure0", "亩", "period", before).getRedirectedUrl())
                .isNotNull();
    }

    @Test
    void refusesATargetOfTheRegisterAndTheProgressOfAMatter() throws Exception {
        types.load();
        long document = sql.sql("""
                        insert into document (title, file_name, sha256, bytes, state, uploaded_by, uploaded_at)
                        values ('报告', '报告.txt', 'x', 1, 'read', :by, now()) returning id""")
                .param("by", county.user("clerk").account())
                .query(Long.class)
                .single();
        long entry = sql.sql("""
                        insert into commitment (document, span_start, span_end, sentence, what, due, lead, confidence, state, number, year, changed_at)
                        values (:document, 0, 1, '', '新建口袋公园', make_date(:year, 12, 31), :lead, 1, 'registered', 'x-1', :year, now()) returning id""")
                .param("document", document)
                .param("year", TODAY.getYear())
                .param("lead", county.unit("housing"))
                .query(Long.class)
                .single();
        sql.sql("""
                        insert into commitment_target (commitment, ordinal, indicator, op, value, basis)
                        values (:entry, 0, '口袋公园', '=', 9, 'level')""").param("entry", entry).update();
        String year = Integer.toString(TODAY.getYear());
        assertThat(request("mover", "口袋公园目标", "unit", unit("housing"), "period", year)
                        .getContentAsString())
                .contains("县住建局的这个目标", "已在登记册 x-1：新建口袋公园");
        assertThat(request("mover", "口袋公园", "unit", unit("housing"), "period", year)
                        .getContentAsString())
                .contains("登记册 x-1 里有县住建局的目标");

        long matter = as(
                "clerk",
                () -> matters.create(
                        county.user("clerk"),
                        new Matters.Draft("to-do", Map.of("title", "修缮老旧桥梁", "lead", unit("housing"), "due", SOON)),
                        UUID.randomUUID().toString()));
        sql.sql("update matter set given_at = now() where id = :id")
                .param("id", matter)
                .update();
        MockHttpServletResponse refused = request("stranger", "修缮老旧桥梁进度", "unit", unit("housing"), "kind0", "text");
        assertThat(refused.getContentAsString()).contains("县住建局的这个进度", "已在事项");
    }

    @Test
    void letsSupervisionAloneAskAllTheSameAndKeepsWhy() throws Exception {
        request("handler", "沼气池口数");
        assertThat(request("mover", "沼气池口数", "act", "overrule", "reason", "要得急").getContentAsString())
                .contains("只有督查室可以决定");
        assertThat(request("clerk", "沼气池口数", "act", "overrule").getContentAsString())
                .contains("请写明为什么仍要重复报送", "仍要全部报送");
        long id = id(request("clerk", "沼气池口数", "act", "overrule", "reason", "原数据已失实，须重新核实"));
        assertThat(count("select count(*) from journal where stream = 'request:" + id
                        + "' and act = 'request.overrule'"))
                .isEqualTo(1);
        assertThat(page("clerk", "/requests/" + id)).contains("原数据已失实，须重新核实");
        // What was said before is filled in, with its source.
        long first = count("select min(request) from data_request_field where name = '沼气池口数'");
        answer("town", answerOf(first, "liuwan"), "v" + fieldsOf(first).getFirst(), "305", "act", "send");
        assertThat(page("town", "/requests/answers/" + answerOf(id, "liuwan")))
                .contains("value=\"305\"", "已按《沼气池口数统计》里报过的填好");
    }

    @Test
    void keepsWhatWasTypedWhenSomethingIsWrong() throws Exception {
        MockHttpServletResponse wrong =
                request("handler", "水井眼数", "due", TODAY.minusDays(1).toString(), "minutes0", "半小时", "basis", "");
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(wrong.getContentAsString()).contains("已经过了", "value=\"水井眼数\"", "value=\"半小时\"", "没有依据的不能要");
        assertThat(request("handler", "水井眼数", "due", "下周五").getContentAsString())
                .contains("“下周五”不是日期");
        long id = id(request("handler", "水井眼数", "name1", "打井日期", "kind1", "date"));
        long answer = answerOf(id, "liuwan");
        List<Long> fields = fieldsOf(id);
        MockHttpServletResponse typed =
                answer("town", answer, "v" + fields.get(0), "十二", "v" + fields.get(1), "2026-02-30", "act", "send");
        assertThat(typed.getStatus()).isEqualTo(422);
        assertThat(typed.getContentAsString())
                .contains("“十二”不是数字", "“2026-02-30”不是日期", "value=\"十二\"", "value=\"2026-02-30\"");
        assertThat(count("select count(*) from data_value where answer = " + answer))
                .isZero();
        assertThat(answer("town", answer, "v" + fields.get(0), "12", "act", "draft")
                        .getRedirectedUrl())
                .contains("burden.done.draft");
        assertThat(page("handler", "/requests/" + id)).contains("填报中").doesNotContain(">12<");
        assertThat(answer("town", answer, "v" + fields.get(0), "12", "a" + fields.get(1), "未打井", "act", "send")
                        .getRedirectedUrl())
                .contains("burden.done.sent");
        assertThat(page("handler", "/requests/" + id)).contains(">12<", "无：未打井");
        byte[] sheet = ask("handler", "/requests/" + id + "/answers.xlsx").getContentAsByteArray();
        assertThat(new String(sheet, 0, 2, java.nio.charset.StandardCharsets.ISO_8859_1))
                .isEqualTo("PK");
    }

    @Test
    void waitsForTheHeadToSignAndTakesBackWhatWasSentBack() throws Exception {
        long id = id(request("mover", "燃气管线公里数", "unit", unit("housing"), "signed", "true"));
        long answer = answerOf(id, "housing");
        long field = fieldsOf(id).getFirst();
        assertThat(answer("handler", answer, "v" + field, "86.5", "act", "send").getRedirectedUrl())
                .contains("burden.done.signing");
        assertThat(page("handler", "/messages"))
                .contains("县交通局（马行）要你单位报“燃气管线公里数统计”，" + SOON + " 前报。", "href=\"/requests\"");
        assertThat(page("mover", "/messages")).doesNotContain("燃气管线公里数");
        assertThat(page("head", "/messages")).contains("陆川 填好了“燃气管线公里数统计”，请你签发。", "/requests/answers/" + answer);
        assertThat(page("head", "/inbox")).contains("签发 1 项的报送");
        assertThat(page("mover", "/requests/" + id)).doesNotContain("86.5");
        String version = Long.toString(count("select version from data_answer where id = " + answer));
        assertThat(send("handler", "/requests/answers/" + answer + "/sign", "version", version)
                        .getStatus())
                .isEqualTo(422);
        assertThat(send("head", "/requests/answers/" + answer + "/sign", "version", version)
                        .getStatus())
                .isEqualTo(302);
        assertThat(page("mover", "/requests/" + id)).contains("86.5", "顾明远");
        version = Long.toString(count("select version from data_answer where id = " + answer));
        send("mover", "/requests/answers/" + answer + "/send-back", "version", version, "reason", "口径应含镇区");
        assertThat(page("handler", "/requests/answers/" + answer)).contains("口径应含镇区", "value=\"86.5\"");
        assertThat(page("handler", "/messages")).contains("马行 退回了“燃气管线公里数统计”：口径应含镇区");
    }

    @Test
    void aDoubleClickMakesOneRequestAndAnOlderCopyIsKept() throws Exception {
        String key = UUID.randomUUID().toString();
        long first = id(request("handler", "晒谷场个数", "request", key));
        assertThat(id(request("handler", "晒谷场个数", "request", key))).isEqualTo(first);
        long answer = answerOf(first, "liuwan");
        long field = fieldsOf(first).getFirst();
        answer("town", answer, "v" + field, "3", "act", "draft");
        MockHttpServletResponse late =
                send("town", "/requests/answers/" + answer, "version", "1", "v" + field, "4", "act", "draft");
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(late.getContentAsString()).contains("方晴已经改过", "value=\"4\"");
        assertThat(sql.sql("select value from data_value where answer = " + answer)
                        .query(String.class)
                        .single())
                .isEqualTo("3");
    }

    @Test
    void showsNothingOfAnAnswerToOthersBeforeItsHeadHasSigned() throws Exception {
        long id = id(request(
                "mover", "加油站座数", "unit", unit("housing"), "signed", "true", "name1", "加油站名册", "kind1", "file"));
        long answer = answerOf(id, "housing");
        List<Long> fields = fieldsOf(id);
        answer("handler", answer, "v" + fields.get(0), "4711", "act", "draft");
        long replaced = file(answer, "旧名册.txt");
        long file = file(answer, "新名册.txt");
        sql.sql("update data_value set file = :file, value = '新名册.txt' where answer = :answer and field = :field")
                .param("file", file)
                .param("answer", answer)
                .param("field", fields.get(1))
                .update();
        assertThat(ask("mover", "/requests/files/" + file).getStatus()).isEqualTo(404);
        assertThat(answer("handler", answer, "v" + fields.get(0), "4711", "act", "send")
                        .getRedirectedUrl())
                .contains("burden.done.signing");
        for (String other : List.of("mover", "clerk")) {
            assertThat(page(other, "/requests/answers/" + answer))
                    .contains("加油站座数")
                    .doesNotContain("4711", "新名册");
            assertThat(ask(other, "/requests/files/" + file).getStatus())
                    .as(other)
                    .isEqualTo(404);
        }
        assertThat(as(
                        "mover",
                        () -> sql.sql("select count(*) from data_value where answer = " + answer)
                                .query(Long.class)
                                .single()))
                .isZero();
        assertThat(page("head", "/requests/answers/" + answer)).contains("4711", "新名册.txt");
        assertThat(ask("head", "/requests/files/" + file).getStatus()).isEqualTo(200);

        send("head", "/requests/answers/" + answer + "/sign", "version", version(answer));
        assertThat(page("mover", "/requests/answers/" + answer)).contains("4711", "新名册.txt");
        assertThat(ask("mover", "/requests/files/" + file).getStatus()).isEqualTo(200);
        assertThat(ask("mover", "/requests/files/" + replaced).getStatus()).isEqualTo(404);
        send("mover", "/requests/answers/" + answer + "/send-back", "version", version(answer), "reason", "缺一座");
        assertThat(page("mover", "/requests/answers/" + answer)).doesNotContain("4711");
        assertThat(ask("mover", "/requests/files/" + file).getStatus()).isEqualTo(404);
    }

    private String version(long answer) {
        return Long.toString(count("select version from data_answer where id = " + answer));
    }

    private long file(long answer, String name) {
        return sql.sql("""
                        insert into data_file (answer, name, bytes, sha256, content, account, at)
                        values (:answer, :name, 1, 'x', cast('1' as bytea), :by, now()) returning id""")
                .param("answer", answer)
                .param("name", name)
                .param("by", county.user("handler").account())
                .query(Long.class)
                .single();
    }

    @Test
    void showsWhatAColleagueHasKeptBesideWhatWasTypedTooLate() throws Exception {
        long id = id(request("mover", "电梯台数", "unit", unit("housing"), "name1", "电梯说明", "kind1", "text"));
        long answer = answerOf(id, "housing");
        String number = "v" + fieldsOf(id).get(0);
        String words = "v" + fieldsOf(id).get(1);
        answer("handler", answer, number, "31", words, "都能用", "act", "draft");
        MockHttpServletResponse late =
                send("head", "/requests/answers/" + answer, "version", "1", number, "52", words, "都能用", "act", "draft");
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(late.getContentAsString()).contains("value=\"52\"", "存的是：31").doesNotContain("存的是：都能用");

        answer("handler", answer, number, "31", words, "都能用", "act", "send");
        String sent = send(
                        "head", "/requests/answers/" + answer, "version", "2", number, "52", words, "x", "act", "send")
                .getContentAsString();
        assertThat(sent).contains("31", "都能用", "已经改过").doesNotContain("52 户", "您填的还在下面");
    }

    @Test
    void keepsTheFormWhereARefusalCouldBeForeseen() throws Exception {
        MockHttpServletResponse own = request("handler", "自家车辆数", "unit", unit("housing"));
        assertThat(own.getStatus()).isEqualTo(422);
        assertThat(own.getContentAsString()).contains("不能只向自己单位要数", "value=\"自家车辆数\"");

        request("handler", "消火栓只数");
        assertThat(request("mover", "消火栓只数").getContentAsString())
                .contains("没有其余各项可发", "value=\"消火栓只数\"")
                .doesNotContain("value=\"rest\"");
        MockHttpServletResponse rest = request("mover", "消火栓只数", "act", "rest");
        assertThat(rest.getStatus()).isEqualTo(422);
        assertThat(rest.getContentAsString()).contains("没有其余各项可发", "value=\"消火栓只数\"");
    }

    @Test
    void looksOnlyAtThePeriodsThatAreAskedAboutAndLeavesOutAllUnitsAtOnce() throws Exception {
        var both = new LinkedHashSet<>(List.of(county.unit("liuwan"), county.unit("education")));
        Period month = Period.monthOf(TODAY);
        var line = new Request.Line("公厕座数", Request.Kind.NUMBER, "座", null, 10);
        long first = as(
                "handler",
                () -> requests.send(
                        county.user("handler"),
                        new Request.Asked(
                                "公厕",
                                "依据",
                                both,
                                List.of(line),
                                Request.Repeats.ONCE,
                                month,
                                month,
                                TODAY,
                                false,
                                true),
                        new Requests.Decision.Ask(),
                        Set.of(),
                        UUID.randomUUID().toString()));
        String standing =
                "select count(*) from standing_fields(array[%d, %d]::bigint[], array['%s']) where name = '公厕座数'";
        long town = county.unit("liuwan");
        long education = county.unit("education");
        assertThat(count(standing.formatted(town, education, month.key()))).isEqualTo(1);
        assertThat(count(standing.formatted(town, education, month.next().key())))
                .isZero();
        long rest = as(
                "mover",
                () -> requests.send(
                        county.user("mover"),
                        new Request.Asked(
                                "公厕再要",
                                "依据",
                                both,
                                List.of(line, new Request.Line("公厕保洁员", Request.Kind.TEXT, "", null, 10)),
                                Request.Repeats.MONTHLY,
                                month,
                                month.next(),
                                TODAY,
                                false,
                                true),
                        new Requests.Decision.Rest(),
                        Set.of(),
                        UUID.randomUUID().toString()));
        assertThat(sql.sql(
                                "select k.place_answer from data_known k join data_round d on d.id = k.round where d.request = "
                                        + rest + " order by 1")
                        .query(Long.class)
                        .list())
                .containsExactlyInAnyOrder(answerOf(first, "liuwan"), answerOf(first, "education"));
        answer("town", answerOf(first, "liuwan"), "v" + fieldsOf(first).getFirst(), "29", "act", "send");
        assertThat(page("mover", "/requests/" + rest)).containsOnlyOnce(">29</a>");
    }

    @Test
    void ofTwoWhoAskAtOnceTheSecondIsTold() throws Exception {
        Callable<Long> one = () -> as(
                "handler",
                () -> requests.send(
                        county.user("handler"), asked("handler"), new Requests.Decision.Ask(), Set.of(), "a"));
        Callable<Long> other = () -> as(
                "mover",
                () -> requests.send(county.user("mover"), asked("mover"), new Requests.Decision.Ask(), Set.of(), "b"));
        int refused = 0;
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            for (Future<Long> done : both.invokeAll(List.of(one, other))) {
                try {
                    done.get();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(Stands.class);
                    refused++;
                }
            }
        }
        assertThat(refused).isEqualTo(1);
    }

    private Request.Asked asked(String by) {
        Period month = Period.monthOf(TODAY);
        return new Request.Asked(
                by + "要的",
                "依据",
                new LinkedHashSet<>(List.of(county.unit("liuwan"))),
                List.of(new Request.Line("塑料大棚座数", Request.Kind.NUMBER, "座", null, 10)),
                Request.Repeats.ONCE,
                month,
                month,
                TODAY.plusDays(9),
                false,
                true);
    }

    @Test
    void asksEveryMonthAndOpensARoundWhenItsMonthIsOver() throws Exception {
        String begin = Period.monthOf(TODAY).before().key();
        long id = id(request("handler", "农贸市场摊位数", "repeats", "monthly", "times", "3", "period", begin));
        assertThat(sql.sql("select period from data_round where request = " + id + " order by id")
                        .query(String.class)
                        .list())
                .hasSize(3)
                .startsWith(begin);
        assertThat(count("select count(*) from data_round where asked_on > current_date and request = " + id))
                .isEqualTo(2);
        assertThat(page("town", "/requests")).containsOnlyOnce("农贸市场摊位数统计");
        assertThat(request("handler", "摊贩数", "repeats", "monthly", "times", "1", "period", "2026")
                        .getContentAsString())
                .contains("首期要选一个月");
    }

    @Test
    void keepsEveryRowFromStrangers() throws Exception {
        long id = id(request("handler", "祠堂座数"));
        long answer = answerOf(id, "liuwan");
        answer("town", answer, "v" + fieldsOf(id).getFirst(), "17", "act", "send");
        request("mover", "祠堂座数", "name1", "祠堂看护人", "kind1", "text", "act", "rest");
        for (String address :
                List.of("/requests/" + id, "/requests/answers/" + answer, "/requests/" + id + "/answers.xlsx")) {
            assertThat(ask("stranger", address).getStatus()).as(address).isEqualTo(404);
            assertThat(ask("town", address).getStatus()).as(address).isEqualTo(200);
        }
        assertThat(page("stranger", "/requests?tab=all")).doesNotContain("祠堂座数");
        for (String table : List.of(
                "data_request",
                "data_request_field",
                "data_round",
                "data_answer",
                "data_value",
                "data_refusal",
                "data_known")) {
            String query = "select count(*) from " + table;
            assertThat(count(query)).as(table).isPositive();
            assertThat(as(
                            "stranger",
                            () -> sql.sql(query + of(table, id))
                                    .query(Long.class)
                                    .single()))
                    .as(table)
                    .isZero();
        }
        assertThat(as(
                        "stranger",
                        () -> sql.sql("update data_answer set state = 'open' where id = " + answer)
                                .update()))
                .isZero();
        assertThat(send("stranger", "/requests/" + id + "/withdraw", "reason", "x")
                        .getStatus())
                .isEqualTo(404);
        assertThat(send("town", "/requests/" + id + "/withdraw", "reason", "x").getStatus())
                .isEqualTo(422);
        long field = fieldsOf(id).getFirst();
        assertThat(as(
                        "stranger",
                        () -> sql.sql("select count(*) from shared_value(" + answer + ", " + field + ")")
                                .query(Long.class)
                                .single()))
                .isZero();
    }

    private static String of(String table, long request) {
        return switch (table) {
            case "data_request" -> " where id = " + request;
            case "data_value" -> " v where exists (select 1 from data_request_field f where f.id = v.field)";
            case "data_refusal" -> " where name like '祠堂%'";
            case "data_known" -> " k where k.unit = (select id from unit where key = 'liuwan')";
            default -> " where request = " + request;
        };
    }

    @Test
    void letsReadersAskForNothing() throws Exception {
        assertThat(ask("reader", "/requests/new").getStatus()).isEqualTo(403);
        assertThatThrownBy(() -> as(
                        "reader",
                        () -> requests.send(
                                county.user("reader"), asked("reader"), new Requests.Decision.Ask(), Set.of(), "c")))
                .hasMessageContaining("may-not-ask");
        long id = id(request("handler", "戏台座数"));
        assertThat(page("handler", "/requests?tab=sent")).contains("戏台座数统计", "0/1");
        send("handler", "/requests/" + id + "/withdraw", "reason", "已从年鉴取得");
        assertThat(page("town", "/requests")).doesNotContain("戏台座数统计");
        assertThat(request("mover", "戏台座数").getRedirectedUrl()).isNotNull();
    }
}
