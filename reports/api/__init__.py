"""The interface for programs: assessments, answers, advice and reports of one workspace as JSON, described by OpenAPI."""
