package org.luoshi.server.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.luoshi.server.audit.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers to what goes wrong: a page or a part of a page for people, problem details (RFC 9457) for programs. A bug is
 * logged under a number that the page shows; what a person did wrong is never logged as an error.
 */
@Controller
@ControllerAdvice
public class ErrorPages implements ErrorController {
    private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);
    private final Shells shells;

    ErrorPages(Shells shells) {
        this.shells = shells;
    }

    /** What the page says; {@code key} names its title and sentence. */
    public record Fault(int status, String title, String sentence, String number) {}

    @ExceptionHandler
    Object refused(Refused refused, HttpServletRequest request, HttpServletResponse response) {
        Words words = shells.words(request);
        HttpStatus status = refused.isConflict() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT;
        String sentence = words.t(refused.key(), refused.arguments());
        if (isProgram(request)) {
            return problem(status, words.t("error.refused"), sentence, refused.key());
        }
        return page(request, response, new Fault(status.value(), words.t("error.refused"), sentence, ""));
    }

    @RequestMapping("/error")
    Object error(HttpServletRequest request, HttpServletResponse response) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer number ? number : 404;
        Words words = shells.words(request);
        String key = words.has("error." + status) ? "error." + status : status >= 500 ? "error.500" : "error.400";
        String number = "";
        if (status >= 500) {
            number = UUID.randomUUID().toString().substring(0, 8);
            log.error("Fault {} at {}", number, request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), (Throwable)
                    request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
        }
        String sentence = words.t(key + ".sentence", number);
        Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (uri instanceof String path && path.startsWith("/api/")) {
            return problem(HttpStatus.valueOf(status), words.t(key), sentence, key);
        }
        return page(request, response, new Fault(status, words.t(key), sentence, number));
    }

    private static boolean isProgram(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/");
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String title, String sentence, String key) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
        problem.setTitle(title);
        problem.setProperty("key", key);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private ModelAndView page(HttpServletRequest request, HttpServletResponse response, Fault fault) {
        response.setStatus(fault.status());
        ModelAndView page = new ModelAndView(request.getHeader("HX-Request") == null ? "web/error" : "web/error-part");
        page.addObject("shell", shells.of(request));
        page.addObject("fault", fault);
        return page;
    }
}
