package org.luoshi.server.matters;

import java.util.List;
import org.luoshi.server.matters.types.Drawing;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.web.Shell;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/** The matter types of the house, each with its picture and its rules, drawn from the file. */
@Controller
public class TypePages {
    private final Types types;

    TypePages(Types types) {
        this.types = types;
    }

    public record View(MatterType type, String picture, List<MatterType> all) {}

    @GetMapping("/matter-types")
    String first() {
        return "redirect:/matter-types/" + types.list().getFirst().key();
    }

    @GetMapping("/matter-types/{key}")
    String type(@ModelAttribute("shell") Shell shell, @PathVariable String key, Model model) {
        MatterType type = types.find(key).orElseThrow(MatterPages::none);
        model.addAttribute(
                "view", new View(type, Drawing.of(type, shell.words().language()), types.list()));
        return "matters/type";
    }
}
