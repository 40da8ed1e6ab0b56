using System.Text.Json;

namespace Flama.Data.Saving;

/// <summary>What requests may bring.</summary>
/// <param name="MaxBodyBytes">The largest body of a record.</param>
/// <param name="MaxListBodyBytes">The largest body of a list of records.</param>
/// <param name="MaxListRecords">The most records of such a list.</param>
/// <param name="RequireIfMatch">Whether changes must say which version they are meant for.</param>
/// <param name="Json">What of JSON is taken beside the standard.</param>
internal sealed record RecordLimits(long MaxBodyBytes, long MaxListBodyBytes, int MaxListRecords, bool RequireIfMatch, JsonDocumentOptions Json);
