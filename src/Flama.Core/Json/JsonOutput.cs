using System.Text.Encodings.Web;
using System.Text.Json;

namespace Flama.Json;

/// <summary>How every JSON document is written: compact, raw UTF-8.</summary>
public static class JsonOutput
{
    /// <summary>Escapes only what JSON demands, as Python's <c>ensure_ascii=False</c> does.</summary>
    public static JavaScriptEncoder Encoder { get; } = new RawJsonEncoder();

    /// <summary>Compact, raw UTF-8; the caller keeps the document well-formed.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = Encoder, SkipValidation = true };
}
