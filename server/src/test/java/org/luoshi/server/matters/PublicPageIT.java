package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

class PublicPageIT extends MatterTest {
    @Autowired
    MockMvc web;

    @Autowired
    PublicPages pages;

    private String body(String address) throws Exception {
        pages.forget();
        return web.perform(get(address))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void showsWhatIsPublicAndNothingElse() throws Exception {
        long shown = create("clerk", "target-task", Map.of("title", "新建社区食堂三处", "public", "true", "what", "内部要求"));
        act("clerk", shown, "hand-down", "lead", unit("housing"), "due", "2099-06-30", "note", "内部交代");
        act("handler", shown, "sign");
        act("clerk", shown, "urge", "level", "red", "note", "内部督办话");
        create("clerk", "target-task", Map.of("title", "还没有交办的任务", "public", "true"));
        create("clerk", "target-task", Map.of("title", "不公开的任务"));
        create("clerk", "to-do", Map.of("title", "内部待办", "lead", unit("housing"), "due", "2099-06-30"));

        for (String address : new String[] {"/public/matters", "/public/matters.json"}) {
            String body = body(address);
            assertThat(body).contains("新建社区食堂三处", "县住房和城乡建设局", "2099-06-30", "办理中");
            assertThat(body).doesNotContain("内部", "不公开的任务", "还没有交办", "督红", "周启明", "陆川", "light", "\"id\"", "red");
        }
        assertThat(body("/public/matters?state=done")).doesNotContain("新建社区食堂三处");
    }
}
