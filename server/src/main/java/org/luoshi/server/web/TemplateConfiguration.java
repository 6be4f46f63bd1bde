package org.luoshi.server.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.view.RedirectView;

/** Templates are compiled with the application; a view is named {@code module/page}. */
@Configuration(proxyBeanMethods = false)
class TemplateConfiguration {

    @Bean
    TemplateEngine templates() {
        return TemplateEngine.createPrecompiled(null, ContentType.Html, null, "org.luoshi.server.pages");
    }

    @Bean
    ViewResolver templateViews(TemplateEngine templates) {
        return (name, locale) -> {
            if (name.startsWith("redirect:")) {
                RedirectView redirect = new RedirectView(name.substring("redirect:".length()), true, true, false);
                return redirect;
            }
            return new Page(templates, name + ".jte");
        };
    }

    private record Page(TemplateEngine templates, String template) implements View {
        @Override
        public String getContentType() {
            return "text/html;charset=UTF-8";
        }

        @Override
        public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
                throws Exception {
            Utf8ByteOutput output = new Utf8ByteOutput();
            @SuppressWarnings("unchecked")
            Map<String, Object> values = model == null ? Map.of() : (Map<String, Object>) model;
            templates.render(template, values, output);
            response.setContentType(getContentType());
            if (response.getHeader("Cache-Control") == null) {
                response.setHeader("Cache-Control", "no-store");
            }
            // One write: the output is hundreds of pieces, and each would pass through all wrappers of the response.
            ByteArrayOutputStream page = new ByteArrayOutputStream(output.getContentLength());
            output.writeTo(page);
            response.setContentLength(page.size());
            page.writeTo(response.getOutputStream());
        }
    }
}
