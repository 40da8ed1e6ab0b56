using Flama.Hosting;
using Flama.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore;

/// <summary>The options of the endpoints in an application's configuration.</summary>
internal static class FlamaHttpSection
{
    private const string Section = "Http";

    /// <summary>Adds the options, for those who set them in code too.</summary>
    public static OptionsBuilder<FlamaHttpOptions> Add(IFlamaBuilder builder)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FlamaHttpOptions>, FlamaHttpOptionsValidator>());
        return builder.BindOptions<FlamaHttpOptions>(Section, Bind);
    }

    /// <summary>The options of an application, which need not have set any.</summary>
    /// <exception cref="OptionsValidationException">Options are out of range or contradict each other; every failure is listed.</exception>
    /// <exception cref="FlamaException">The configuration has a key that is not known, or a value of another type.</exception>
    public static FlamaHttpOptions Of(IServiceProvider host)
    {
        if (host.GetRequiredService<IOptionsFactory<FlamaHttpOptions>>() is SectionOptionsFactory<FlamaHttpOptions>)
        {
            return host.GetRequiredService<IOptions<FlamaHttpOptions>>().Value;
        }

        // The application did not call ConfigureHttp.
        var options = new SectionOptionsFactory<FlamaHttpOptions>(host, Section, Bind).Create(Options.DefaultName);
        return new KeyedValidation<FlamaHttpOptions>(new FlamaHttpOptionsValidator(), FlamaConfiguration.Of(host), Section).Validate(Options.DefaultName, options) is { Failed: true } result
            ? throw new OptionsValidationException(Options.DefaultName, typeof(FlamaHttpOptions), result.Failures)
            : options;
    }

    private static void Bind(IConfiguration section, FlamaHttpOptions options)
    {
        SectionBinding.CheckKeys(section.GetSection(nameof(FlamaHttpOptions.WebSockets)), SectionBinding.KeysOf(typeof(WebSocketStreamOptions)));
        section.Bind(options);
    }
}
