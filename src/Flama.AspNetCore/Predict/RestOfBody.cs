using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Flama.AspNetCore.Predict;

/// <summary>What is left of a body that was refused.</summary>
internal static class RestOfBody
{
    /// <summary>Lets the server read it away after the answer: a client that is still sending would see a reset connection, not the answer.</summary>
    public static void LetBeReadAway(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }
}
