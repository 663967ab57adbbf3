package org.superpose.runner.cli.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file to write; {@code -} is standard output. */
public final class OutputPath implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
        try {
            return Path.of(text.equals("-") ? "/dev/stdout" : text);
        } catch (InvalidPathException notAName) {
            throw new TypeConversionException("'" + text + "' cannot be the name of a file");
        }
    }
}
