using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The application's descriptions of its endpoints, and those of the models'.</summary>
internal sealed class JoinedDescriptions(IApiDescriptionGroupCollectionProvider application, IApiDescriptionGroupCollectionProvider models)
    : IApiDescriptionGroupCollectionProvider
{
    public ApiDescriptionGroupCollection ApiDescriptionGroups => new(
        [.. application.ApiDescriptionGroups.Items, .. models.ApiDescriptionGroups.Items], application.ApiDescriptionGroups.Version);
}
