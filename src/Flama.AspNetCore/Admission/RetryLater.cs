using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Admission;

/// <summary>When a refused request may be sent again, where that is known.</summary>
internal sealed class RetryLater(int seconds)
{
    private readonly string text = seconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>Notes it for the answer.</summary>
    public static void Set(HttpContext context, int seconds) => context.Features.Set(new RetryLater(seconds));

    /// <summary>The value of <c>Retry-After</c>; null where nothing was noted.</summary>
    public static string? Of(HttpContext context) => context.Features.Get<RetryLater>()?.text;
}
