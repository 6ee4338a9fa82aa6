"""The addresses of telling."""

from django.urls import path

from reports.views import (
    client_data,
    comparing,
    defaults,
    exports,
    figures,
    pdf,
    plan,
    portfolio,
    result,
    room,
    rulings,
    sharing,
    stage,
    whatif,
)

app_name = "reports"

urlpatterns = [
    path("a/<str:public_id>/result/", result.result, name="result"),
    path("a/<str:public_id>/result.pdf", pdf.result_pdf, name="pdf"),
    path("a/<str:public_id>/plan/", plan.plan, name="plan"),
    path("a/<str:public_id>/plan/reset/", plan.reset, name="reset_plan"),
    path("a/<str:public_id>/plan/<str:code>/", plan.move, name="move"),
    path("a/<str:public_id>/plan/<str:code>/to/", plan.move_to, name="move_to"),
    path("a/<str:public_id>/plan/<str:code>/as-calculated/", plan.as_calculated, name="as_calculated"),
    path("a/<str:public_id>/figures/", figures.figures, name="figures"),
    path("a/<str:public_id>/judgement/", rulings.rulings, name="rulings"),
    path("a/<str:public_id>/milestones/", comparing.kept, name="milestones"),
    path("a/<str:public_id>/milestones/<int:number>/rename/", comparing.rename, name="milestone_rename"),
    path("a/<str:public_id>/milestones/<int:number>/delete/", comparing.delete, name="milestone_delete"),
    path("a/<str:public_id>/compare/", comparing.compare, name="compare"),
    path("a/<str:public_id>/take/", exports.take, name="take"),
    path("a/<str:public_id>/take/<slug:form>", exports.take_file, name="take_file"),
    path("a/<str:public_id>/what-if/", whatif.whatif, name="whatif"),
    path("a/<str:public_id>/what-if/<int:number>/", whatif.scenario, name="scenario"),
    path("a/<str:public_id>/what-if/<int:number>/delete/", whatif.delete, name="delete_scenario"),
    path("a/<str:public_id>/room/copies/", room.copies, name="copies"),
    path("sample/", result.samples, name="sample"),  # one name: without a slug the list, with one the report
    path("sample/<slug:slug>/", result.sample, name="sample"),
    path("sample/<slug:slug>/roadmap.pdf", pdf.sample_pdf, name="sample_pdf"),
    path("sample/<slug:slug>/take/", exports.sample_take, name="sample_take"),
    path("sample/<slug:slug>/take/<slug:form>", exports.sample_take_file, name="sample_take_file"),
    path("sample/<slug:slug>/what-if/", whatif.sample_whatif, name="sample_whatif"),
    path("shared/<str:share>/", sharing.shared, name="shared"),
    path("shared/<str:share>/report.pdf", sharing.shared_pdf, name="shared_pdf"),
    path("shared/<str:share>/what-if/", sharing.shared_whatif, name="shared_whatif"),
    path("desk/<str:workspace>/clients/<str:client>/data/", client_data.client_data, name="client_data"),
    path("desk/<str:workspace>/portfolio/", portfolio.portfolio, name="portfolio"),
    path("desk/<str:workspace>/portfolio/<str:client>/", portfolio.portfolio, name="client_portfolio"),
    path("desk/<str:workspace>/defaults/", defaults.defaults, name="defaults"),
    path("stage/<str:secret>/result/", stage.stage_result, name="stage_result"),
    path("schema/result.json", exports.schema, name="schema"),
]
