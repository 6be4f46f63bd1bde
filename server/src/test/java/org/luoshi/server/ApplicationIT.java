package org.luoshi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.luoshi.server.audit.Journal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

class ApplicationIT extends ServerTest {
    @Autowired
    MockMvc pages;

    @Autowired
    Journal journal;

    @Test
    void startsOnAFreshDatabaseWithACountyInIt() throws Exception {
        pages.perform(get("/units").with(user(county.user("clerk")))).andExpect(status().isOk());
        assertThat(journal.listBrokenStreams()).isEmpty();
    }
}
