package org.superpose.runner.guest;

import java.util.List;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.plugin.Guest;
import org.superpose.core.plugin.Plugin;

/** What all guests say of themselves, asked once when they come. */
abstract class GuestPlugin implements Plugin {
    private final Guest guest;
    private final String title;
    private final List<Parameter<?>> parameters;

    GuestPlugin(Guest guest, Plugin inner) {
        this.guest = guest;
        this.title = guest.call("title", inner::title);
        this.parameters = List.copyOf(guest.call("parameters", inner::parameters));
    }

    Guest guest() {
        return guest;
    }

    @Override
    public String id() {
        return guest.id();
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<Parameter<?>> parameters() {
        return parameters;
    }
}
