using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Registering
{
    public static void Hosting(IServiceCollection services)
    {
        services.AddFlama().AddModel("churn", "churn.flm", model => model.ReloadOnChange());
    }
}
