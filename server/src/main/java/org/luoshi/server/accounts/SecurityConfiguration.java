package org.luoshi.server.accounts;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.DispatcherType;
import org.luoshi.server.database.Revisions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;

/** The one place that says who may ask for what. */
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession(tableName = "spring_session", maxInactiveIntervalInSeconds = 8 * 60 * 60)
class SecurityConfiguration {

    /** No script, style, image or font but our own; no inline script or style; nobody may frame a page. */
    static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
                    + " connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    /** Nobody looks at a timing of each of the fifteen security filters, and taking them costs more than the filters. */
    @Bean
    SecurityObservationSettings noTimings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    @Primary
    Sessions<?> sessions(JdbcIndexedSessionRepository kept) {
        // Two requests of a session may add the same thing to it at once.
        kept.setCreateSessionAttributeQuery("""
                insert into spring_session_attributes (session_primary_id, attribute_name, attribute_bytes) values (?, ?, ?)
                on conflict (session_primary_id, attribute_name) do update set attribute_bytes = excluded.attribute_bytes""");
        return new Sessions<>(kept);
    }

    /** Programs: an account's name and password with every request, no session, and so no forged requests either. */
    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http) throws Exception {
        return http.securityMatcher(request -> request.getRequestURI().startsWith("/api/")
                        && request.getHeader(HttpHeaders.AUTHORIZATION) != null)
                .httpBasic(withDefaults())
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(CsrfConfigurer::disable)
                .authorizeHttpRequests(SecurityConfiguration::rights)
                .build();
    }

    /** Calendar programs: the secret in the address is the key; no session, no form. */
    @Bean
    @Order(2)
    SecurityFilterChain calendarPrograms(HttpSecurity http) throws Exception {
        return http.securityMatcher("/calendar/feed/*")
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(CsrfConfigurer::disable)
                .requestCache(c -> c.disable())
                .authorizeHttpRequests(may -> may.requestMatchers(HttpMethod.GET, "/calendar/feed/*")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    /** People: a form to log in, a session, a token in every form. */
    @Bean
    @Order(3)
    SecurityFilterChain people(HttpSecurity http, LogInAnswers answers, Accounts accounts, Revisions revisions)
            throws Exception {
        return http.authorizeHttpRequests(SecurityConfiguration::rights)
                .addFilterAfter(new CurrentRights(accounts, revisions), SecurityContextHolderFilter.class)
                .formLogin(form -> form.loginPage("/login")
                        .successHandler(answers)
                        .failureHandler(answers)
                        .permitAll())
                .logout(out -> out.logoutSuccessUrl("/login?out").deleteCookies("luoshi"))
                .sessionManagement(s -> s.sessionFixation(f -> f.changeSessionId()))
                .requestCache(withDefaults())
                .exceptionHandling(e -> e.authenticationEntryPoint(new EntryPoint()))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(p -> p.policy("geolocation=(), camera=(), microphone=()")))
                .build();
    }

    private static void rights(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry may) {
        String administrator = Role.ADMINISTRATOR.name();
        String supervision = Role.SUPERVISION.name();
        may.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers(
                        "/login",
                        "/look/**",
                        "/scripts/**",
                        "/webjars/**",
                        "/favicon.svg",
                        "/actuator/health/**",
                        "/public",
                        "/public/**")
                .permitAll()
                .requestMatchers("/accounts/**", "/api/accounts/**")
                .hasRole(administrator)
                // Who may do what in a matter follows its type and the units in it; the matters themselves ask for
                // that.
                .requestMatchers(HttpMethod.POST, "/matters/**", "/api/matters/**", "/messages/**", "/notices/**")
                .authenticated()
                // Whose unit asks, answers, or plans a visit is asked where requests and inspections are kept.
                .requestMatchers(HttpMethod.POST, "/requests", "/requests/**", "/inspections", "/inspections/**")
                .authenticated()
                .requestMatchers(HttpMethod.POST, "/me/**", "/views/**", "/api/views/**")
                .authenticated()
                .requestMatchers(HttpMethod.DELETE, "/api/views/**")
                .authenticated()
                .requestMatchers(HttpMethod.POST, "/calendar/**", "/matter-types/**")
                .hasAnyRole(administrator, supervision)
                .requestMatchers(HttpMethod.POST, "/units/**", "/api/units/**")
                .hasRole(administrator)
                // What is not yet confirmed is the supervision office's desk.
                .requestMatchers(
                        "/documents/**",
                        "/imports/**",
                        "/api/documents/**",
                        "/api/commitments/**",
                        "/corrections/**",
                        "/api/corrections/**")
                .hasRole(supervision)
                .requestMatchers(HttpMethod.GET, "/**")
                .authenticated()
                .anyRequest()
                .hasRole(supervision);
    }
}
