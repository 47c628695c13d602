<?php
// Set up a blog, publish a post with an address, or print what WordPress makes of an answer in XML:
// `php blog.php install`, `php blog.php post ADDRESS`, `php blog.php xml ENDPOINT ADDRESS`.
if ($argv[1] === 'install') define('WP_INSTALLING', true);
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
if ($argv[1] === 'install') {
    wp_install('Blog', 'editor', 'editor@example.org', true, '', 'for-this-check-only');
    update_option('template', 'bare');
    update_option('stylesheet', 'bare');
    exit;
}
if ($argv[1] === 'xml') {
    // It asks for JSON first, and for XML only where there is none.
    $reader = _wp_oembed_get_object();
    $fetch = new ReflectionMethod($reader, '_fetch_with_format');
    $fetch->setAccessible(true);
    echo $reader->data2html($fetch->invoke($reader, $argv[2], 'xml'), $argv[3]);
    exit;
}
$post = ['post_title' => 'Post', 'post_content' => "Before.\n\n$argv[2]\n\nAfter.", 'post_status' => 'publish'];
echo wp_insert_post($post);
