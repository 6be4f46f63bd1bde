package org.luoshi.writing;

/** One task as a table shows it; what is not known is empty. Several targets or units are parted by {@code ；} or {@code 、}. */
public record TaskRow(
        int number,
        String task,
        String targets,
        String deadline,
        String leadLeader,
        String leadUnit,
        String jointUnits,
        String source,
        String remark) {}
