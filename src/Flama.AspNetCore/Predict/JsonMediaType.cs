namespace Flama.AspNetCore.Predict;

/// <summary>Which content types are JSON.</summary>
internal static class JsonMediaType
{
    /// <summary>
    /// True for <c>application/json</c> and <c>application/*+json</c>, whatever their parameters, and for none at all. The text's encoding is
    /// found from the text, as JSON wants it, not from a charset parameter.
    /// </summary>
    public static bool Is(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return true;
        }

        var parameters = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = (parameters < 0 ? contentType : contentType.AsSpan(0, parameters)).Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                && type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
                && type.Length > "application/+json".Length);
    }
}
