vcl 4.1;
# Varnish in front of Funkhaus: what it calls public is kept for as long as it says, which is a second for pages.
# Start it with `-p http_gzip_support=off`: Funkhaus packs pages itself, and better (docs/operations/running.md).

import std;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
}

acl purgers {
    "localhost";
}

sub vcl_recv {
    # One address: PURGE. All pages: BAN, with the key that every kept page carries in `Funkhaus-Key`.
    if (req.method == "PURGE" || req.method == "BAN") {
        if (!client.ip ~ purgers) {
            return (synth(403, "Not from here"));
        }
        if (req.method == "PURGE") {
            return (purge);
        }
        if (req.http.Funkhaus-Key !~ "^[a-z0-9-]+$") {
            return (synth(400, "Funkhaus-Key is missing"));
        }
        ban("obj.http.Funkhaus-Key == " + req.http.Funkhaus-Key);
        return (synth(200, "Banned"));
    }
    if (req.method != "GET" && req.method != "HEAD" || req.http.Authorization) {
        return (pass);
    }
    # Somebody's own pages, whatever their answers say.
    if (req.url ~ "^(/en)?/(redaktion|mein|konto|api)/") {
        return (pass);
    }
    # Of what a browser takes, the best that Funkhaus packs.
    if (req.http.Accept-Encoding ~ "\bbr\b") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "\bzstd\b") {
        set req.http.Accept-Encoding = "zstd";
    } elsif (req.http.Accept-Encoding ~ "\bgzip\b") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
    # Whoever is logged in reads the same public pages as everybody; what is theirs says `private` or `no-store`.
    return (hash);
}

sub vcl_backend_response {
    # Where Funkhaus tells Varnish of every change (FUNKHAUS_PURGE), a page may be kept for longer (RFC 9213).
    if (beresp.http.CDN-Cache-Control ~ "max-age=[0-9]+") {
        set beresp.ttl = std.duration(regsub(beresp.http.CDN-Cache-Control, ".*max-age=([0-9]+).*", "\1s"), 1s);
    }
    # Nobody gets a page that is older than it may be, the first visitor of a morning neither.
    set beresp.grace = 0s;
    # So long it can be asked for with its entity tag, which costs next to nothing.
    set beresp.keep = 10m;
}

sub vcl_deliver {
    unset resp.http.CDN-Cache-Control;
    unset resp.http.Funkhaus-Key;
    if (obj.hits > 0) {
        set resp.http.X-Cache = "HIT";
    } else {
        set resp.http.X-Cache = "MISS";
    }
}
