GRANT SELECT, INSERT, UPDATE, DELETE ON project_files, project_file_versions, project_views, project_imports TO app;
