package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

class CampaignIT extends MatterTest {
    @Autowired
    MockMvc web;

    private String page(String login, String address) throws Exception {
        return web.perform(get(address).with(user(county.user(login))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Autowired
    private org.luoshi.server.audit.Journal journal;

    @Test
    void gathersMattersAndShowsWhoLags() throws Exception {
        long id = create("clerk", "to-do", Map.of("title", "排查燃气隐患", "lead", unit("housing"), "due", "2099-01-31"));
        create("clerk", "to-do", Map.of("title", "与行动无关", "lead", unit("education"), "due", "2099-01-31"));
        String number = store.find(id).orElseThrow().number();

        String place = Objects.requireNonNull(web.perform(post("/campaigns")
                        .param("name", "安全生产百日行动")
                        .param("aim", "隐患清零")
                        .param("starts", "2026-09-01")
                        .param("ends", "2026-12-10")
                        .with(user(county.user("clerk")))
                        .with(csrf()))
                .andExpect(status().is3xxRedirection())
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
        web.perform(post(place + "/add")
                        .param("numbers", number)
                        .with(user(county.user("clerk")))
                        .with(csrf()))
                .andExpect(status().is3xxRedirection());

        assertThat(page("clerk", place)).contains("排查燃气隐患", "隐患清零", "县住建局").doesNotContain("与行动无关");
        assertThat(page("stranger", place)).contains("安全生产百日行动").doesNotContain("排查燃气隐患");
        String edited = page("clerk", place).replaceAll("(?s).*name=\"version\" value=\"(\\d+)\".*", "$1");
        for (int answer : new int[] {302, 409}) {
            web.perform(post(place)
                            .param("name", "安全生产百日行动")
                            .param("aim", "隐患清零，第 " + answer + " 稿")
                            .param("version", edited)
                            .with(user(county.user("clerk")))
                            .with(csrf()))
                    .andExpect(status().is(answer));
        }
        assertThat(page("clerk", place)).contains("第 302 稿").doesNotContain("第 409 稿");
        assertThat(web.perform(post(place + "/add")
                                .param("numbers", number + " 无此编号7")
                                .with(user(county.user("clerk")))
                                .with(csrf()))
                        .andExpect(status().isUnprocessableContent())
                        .andReturn()
                        .getResponse()
                        .getContentAsString(java.nio.charset.StandardCharsets.UTF_8))
                .contains(">无此编号7</textarea>", "安全生产百日行动");
        for (String none : new String[] {"/campaigns/999999/close?closed=true", "/campaigns/999999/add?numbers=1"}) {
            web.perform(post(none).with(user(county.user("clerk"))).with(csrf()))
                    .andExpect(status().isNotFound());
        }
        assertThat(journal.listEntries("campaign:999999", 9)).isEmpty();
        String campaign = place.substring(place.lastIndexOf('/') + 1);
        assertThat(page("clerk", "/matters?campaign=" + campaign))
                .contains("排查燃气隐患")
                .doesNotContain("与行动无关");
        web.perform(post("/campaigns")
                        .param("name", "安全生产百日行动")
                        .with(user(county.user("clerk")))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent());
        web.perform(post("/campaigns")
                        .param("name", "越权")
                        .with(user(county.user("handler")))
                        .with(csrf()))
                .andExpect(status().isForbidden());
    }
}
