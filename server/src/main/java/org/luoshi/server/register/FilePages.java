package org.luoshi.server.register;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.register.RegisterFiles.Letter;
import org.luoshi.server.register.RegisterFilter.Fault;
import org.luoshi.writing.TableFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Files to take away: the list as a table, a unit's letter of responsibility. */
@Controller
@Tag(name = "register", description = "The register of confirmed commitments")
class FilePages {
    private final RegisterFiles files;
    private final Register register;

    FilePages(RegisterFiles files, Register register) {
        this.files = files;
        this.register = register;
    }

    /** All entries of a filter, or those whose ids are given. */
    @Operation(
            summary = "The list as a file: all entries of a filter, or those named by id",
            description = "xlsx, docx (任务分解表), csv or json; filter and order as for /api/register")
    @GetMapping({"/register/export.{extension}", "/api/register/export.{extension}"})
    void export(
            @PathVariable String extension,
            @RequestParam(name = "id", required = false) @Nullable List<Long> ids,
            @RequestParam MultiValueMap<String, String> parameters,
            HttpServletResponse response)
            throws IOException {
        TableFormat format = TableFormat.findByName("." + extension)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No format " + extension));
        List<Fault> faults = new ArrayList<>();
        RegisterFilter filter = RegisterFilter.of(parameters, faults::add);
        Address address = RegisterPages.address(filter, parameters, null, faults);
        refuse(faults);
        OutputStream out = begin(response, files.tableName() + "." + extension, format.mediaType());
        if (ids != null && !ids.isEmpty()) {
            files.writeChosen(ids, format, out);
        } else {
            files.write(filter, address.sort(), address.descending(), format, out);
        }
        out.flush();
    }

    static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            Fault fault = faults.getFirst();
            throw new Refused("register.fault", fault.parameter(), fault.value());
        }
    }

    @Operation(summary = "A unit's letter of responsibility (责任状) of a year as .docx")
    @GetMapping({"/units/{id:\\d+}/letter", "/api/units/{id:\\d+}/letter"})
    void letter(
            @PathVariable long id, @RequestParam(required = false) @Nullable Integer year, HttpServletResponse response)
            throws IOException {
        if (!register.units().has(id)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No unit " + id);
        }
        int of = year == null ? files.thisYear() : year;
        Letter letter = files.letter(id, of);
        if (letter.tasks() == 0) {
            throw new Refused(
                    "register.letter.refused.nothing", letter.content().unit(), Integer.toString(of));
        }
        OutputStream out = begin(response, letter.name() + ".docx", TableFormat.DOCX.mediaType());
        letter.content().writeDocx(out);
        out.flush();
    }

    private static OutputStream begin(HttpServletResponse response, String name, String type) throws IOException {
        response.setContentType(type);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return new BufferedOutputStream(response.getOutputStream(), 1 << 16);
    }
}
