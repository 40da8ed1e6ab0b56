namespace Flama.Data.Listing;

/// <summary>How a list may be asked for.</summary>
/// <param name="Paging">How it is cut into pages.</param>
/// <param name="PageSize">The most records of a page where the request does not say.</param>
/// <param name="MaxPageSize">The most that it may ask for.</param>
/// <param name="MaxConditions">The most conditions.</param>
internal sealed record ListRules(ResourcePaging Paging, int PageSize, int MaxPageSize, int MaxConditions);
