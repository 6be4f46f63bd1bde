package org.luoshi.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/** The application: one process on one PostgreSQL database. Its modules are the packages beside this class. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic(
        systemName = "Luoshi",
        sharedModules = {"audit", "database"})
public class LuoshiServer {
    public static void main(String[] args) {
        SpringApplication.run(LuoshiServer.class, args);
    }
}
