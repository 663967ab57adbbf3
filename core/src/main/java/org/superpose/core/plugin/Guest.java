package org.superpose.core.plugin;

import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.OutOfTimeException;

/**
 * A plugin that is not Superpose's own: whatever it returns or throws, the message names it and its jar.
 *
 * @param kind what plugins of its kind are called in messages: "verifier"
 * @param id its id
 * @param place the name of its jar, or of its class where it comes from no jar
 * @param files what is recorded of it where it takes part
 */
public record Guest(String kind, String id, String place, PluginFiles files) {
    /**
     * The guest that a plugin is, or empty if it is one of Superpose's own.
     *
     * @param kind what plugins of its kind are called in messages: "verifier"
     */
    public static Optional<Guest> of(String kind, Catalog.Entry<?> entry) {
        Plugin plugin = entry.plugin();
        Class<?> type = plugin.getClass();
        return PluginOrigin.isOwn(type)
                ? Optional.empty()
                : Optional.of(
                        new Guest(kind, plugin.id(), PluginOrigin.jarOf(type).orElse(type.getName()), entry.files()));
    }

    /**
     * Whether a class is of a package that only Superpose has: what a jar of somebody else's has of that name is not
     * loaded.
     *
     * @param className its name, with dots
     */
    public static boolean isReserved(String className) {
        return PluginOrigin.isReserved(className);
    }

    /** Its id with the place that it comes from, for example {@code my-verifier (my.jar)}. */
    public String name() {
        return id + " (" + place + ")";
    }

    /**
     * A call of one of its methods.
     *
     * @param <T> what it returns
     * @param <X> what it may throw that is not its own fault, an interruption for example
     */
    @FunctionalInterface
    public interface Call<T, X extends Exception> {
        /** Makes the call. */
        T make() throws X;
    }

    /**
     * Calls a method of it.
     *
     * @param method the name of the method
     * @param call makes the call
     * @return what it returns, never null
     * @throws InvalidInputException if it refuses what the user gave
     * @throws OutOfTimeException if it heeds a deadline
     * @throws PluginException if it throws anything else that is not declared, or returns nothing
     * @throws X if the call does
     */
    public <T, X extends Exception> T call(String method, Call<T, X> call) throws X {
        T result;
        try {
            result = call.make();
        } catch (PluginException | OutOfTimeException itself) {
            throw itself;
        } catch (InvalidInputException refused) {
            throw refused.getClass() == InvalidInputException.class
                    ? new InvalidInputException(kind + " " + name() + ": " + refused.getMessage(), refused)
                    : refused; // means more than its message
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            throw new PluginException("the " + kind + " " + name() + " failed in " + method + ": " + failure, failure);
        }
        if (result == null) {
            throw fault("returned nothing from " + method);
        }
        return result;
    }

    /**
     * What is thrown when it breaks a rule.
     *
     * @param what it did, as the end of a sentence
     */
    public PluginException fault(String what) {
        return new PluginException("the " + kind + " " + name() + " " + what);
    }
}
