package org.luoshi.reading.departments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luoshi.reading.Commitment.Proposal;
import org.luoshi.reading.Span;

class DepartmentsTest {
    private static final Departments DEPARTMENTS = new Departments(Duties.standard());

    private static List<String> keys(List<Proposal> proposals) {
        return proposals.stream().map(Proposal::department).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "省人力资源社会保障厅, human-resources",
        "县人社局, human-resources",
        "人力资源社会保障部, human-resources",
        "国家发展改革委, development-reform",
        "市发展和改革委员会, development-reform",
        "县发改局, development-reform",
        "县教体局, education",
        "省教育厅, education",
        "市工业和信息化局, industry",
        "省经信厅, industry",
        "县委组织部, organization",
        "团县委, youth-league",
        "共青团市委, youth-league",
        "市纪委监委, discipline",
        "县委编办, staffing",
        "云岭海关, customs",
        "县残联, disabled",
        "县总工会, trade-union",
        "市住建局, housing",
        "县卫健局, health",
        "国家税务总局云岭县税务局, tax",
        "各乡镇, towns",
        "各县区人民政府, towns",
        "高新区管委会, parks",
        "市文化广电旅游局, culture-tourism"
    })
    void namesOfEveryLevelStandForOneDuty(String written, String key) {
        assertThat(DEPARTMENTS.resolve(written)).extracting(Duty::key).containsExactly(key);
    }

    @Test
    void aNameWithAnotherInBracketsStandsForBoth() {
        assertThat(DEPARTMENTS.resolve("县委宣传部（网信办）")).extracting(Duty::key).containsExactly("publicity", "cyberspace");
        assertThat(DEPARTMENTS.resolve("某某公司")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "新建云溪中学教学楼一栋，新增学位八百个, education",
        "改造老旧小区12个，更换燃气管网30公里, housing",
        "新增规上工业企业15家，实施技改项目40个, industry",
        "规范农民合作社50家，建成高标准农田3万亩, agriculture",
        "新增城镇就业3000人，动态清零农民工工资拖欠, human-resources",
        "建成四好农村路60公里, transport",
        "完成青石水库除险加固, water",
        "社会消费品零售总额增长7%, commerce",
        "县人民医院通过三级医院评审，家庭医生签约率达到75%, health"
    })
    void proposesWhoseDutyItIs(String words, String key) {
        List<Proposal> proposals = DEPARTMENTS.propose(words, 3);
        assertThat(proposals.getFirst().department()).isEqualTo(key);
        assertThat(proposals.getFirst().named()).isFalse();
        assertThat(proposals.getFirst().score()).isBetween(0.4, 1.0);
    }

    @Test
    void theReasonIsATermAndItsPlace() {
        String text = "年内，云溪县新增家庭农场20家";
        Proposal first =
                DEPARTMENTS.propose(text, new Span(3, text.length()), "", 1).getFirst();
        assertThat(first.evidence().rule()).isEqualTo("department.term");
        assertThat(first.evidence().detail()).isEqualTo("家庭农场");
        assertThat(first.evidence().words()).isEqualTo(new Span(text.indexOf("家庭"), text.indexOf("家庭") + 4));
    }

    @Test
    void proposesNobodyWhereNothingSpeaksForAnyone() {
        assertThat(DEPARTMENTS.propose("哦，好的", 3)).isEmpty();
        assertThat(DEPARTMENTS.propose("", 3)).isEmpty();
    }

    @Test
    void qualityOfDevelopmentIsNoMatterOfQualityControl() {
        assertThat(keys(DEPARTMENTS.propose("推动高质量发展", 3))).doesNotContain("market");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "建成云溪大桥（责任单位：县交通运输局、县住建局、各乡镇）| transport | housing towns",
                "牵头单位：县教育局；责任单位：县财政局、县住建局 | education | finance housing",
                "由县农业农村局牵头，县水利局配合，年内完成 | agriculture | water",
                "（县商务局牵头，县发展改革局、云岭海关配合）| commerce | development-reform customs",
                "（县公安局、县司法局按职责分工负责）| public-security | justice",
                "责任单位：县审批服务局，各乡镇人民政府 | approval | towns",
                "新建水厂一座。[牵头单位:县发改局(粮食局);责任单位:各镇人民政府,县财政局] | development-reform | towns finance",
                "主办单位：省卫生健康委、省疾控局，各州、市人民政府 | health | towns"
            })
    void findsTheDepartmentsThatTheTextNames(String text, String lead, String joint) {
        Departments.Assigned named = DEPARTMENTS.named(text);
        assertThat(String.join(" ", keys(named.lead()))).isEqualTo(lead.strip());
        assertThat(String.join(" ", keys(named.joint()))).isEqualTo(joint.strip());
        assertThat(named.lead()).allMatch(Proposal::named);
        assertThat(named.lead().getFirst().evidence().words()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"争取国家发展改革委支持", "支持重点企业牵头组建联合体", "县教育局组织的比赛圆满结束", "各级领导干部要敢于负责", "责任单位", "牵头牵头牵头"})
    void aDepartmentMerelyMentionedIsNotNamedToAct(String text) {
        assertThat(DEPARTMENTS.named(text).isEmpty()).isTrue();
    }

    @Test
    void aUnitThatTheFileLacksIsKeptAsWritten() {
        Departments.Assigned named = DEPARTMENTS.named("牵头单位：云溪县晨光农场管理站");
        assertThat(keys(named.lead())).containsExactly("云溪县晨光农场管理站");
    }
}
