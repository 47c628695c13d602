-- What mpv found in a programme: one line, when it has been opened.
mp.register_event("file-loaded", function()
  local seen = {}
  for _, track in ipairs(mp.get_property_native("track-list")) do
    seen[track.type] = (seen[track.type] or 0) + 1
  end
  local line = { duration = mp.get_property_number("duration"), audio = seen.audio or 0, text = seen.sub or 0 }
  print("PROBE " .. require("mp.utils").format_json(line))
end)
