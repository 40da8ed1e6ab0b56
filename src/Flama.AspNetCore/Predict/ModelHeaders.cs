using Flama.Hosting;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>The headers that name the model of an answer: errors have them too.</summary>
internal static class ModelHeaders
{
    private const string Id = "X-Model-Id", Version = "X-Model-Version", Digest = "X-Model-Digest";

    /// <summary>Sets the headers.</summary>
    public static void Set(HttpResponse response, LoadedModel loaded)
    {
        var headers = response.Headers;
        headers[Id] = loaded.Identity.Id;
        headers[Version] = loaded.Identity.Version;
        if (loaded.Digest is { } digest)
        {
            headers[Digest] = digest;
        }
    }

    /// <summary>The digest that an answer names; null for none.</summary>
    public static string? DigestOf(HttpResponse response) => response.Headers[Digest] is [var digest] ? digest : null;

    /// <summary>Clears the answer but for these headers.</summary>
    public static void ClearOthers(HttpResponse response)
    {
        var (id, version, digest) = (response.Headers[Id], response.Headers[Version], response.Headers[Digest]);
        response.Clear();
        if (id.Count > 0)
        {
            response.Headers[Id] = id;
            response.Headers[Version] = version;
        }

        if (digest.Count > 0)
        {
            response.Headers[Digest] = digest;
        }
    }
}
