using System.Linq.Expressions;

namespace Flama.Data.Listing;

/// <summary>What a request of a list asks for.</summary>
/// <param name="Conditions">What must hold of each record.</param>
/// <param name="Orders">What they are ordered by; the key is the last.</param>
/// <param name="IsDescending">Whether the last comes first.</param>
/// <param name="Offset">How many are passed over.</param>
/// <param name="Size">The most records.</param>
/// <param name="WantsCount">Whether all are counted.</param>
/// <param name="Meta">What the answer tells of the page.</param>
internal sealed record ListRequest(
    IReadOnlyList<Expression> Conditions, IReadOnlyList<MemberOrder> Orders, bool IsDescending, long Offset, int Size, bool WantsCount, Func<long?, object> Meta);
