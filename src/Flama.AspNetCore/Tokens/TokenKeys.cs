using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore.Tokens;

/// <summary>Whose tokens an application takes, and the issuer's keys where they are in a file.</summary>
/// <exception cref="FlamaException">The options are not complete, or the file cannot be read.</exception>
internal sealed class TokenKeys(IOptions<TokenOptions> options, ILogger<TokenKeyFile> logger)
{
    public TokenOptions Options => options.Value;

    /// <summary>The file; null where the keys are elsewhere.</summary>
    public TokenKeyFile? File { get; } = TokenSettings.IsFile(options.Value.Keys) ? new(options.Value.Keys!, logger) : null;
}
